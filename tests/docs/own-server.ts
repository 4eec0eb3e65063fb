/** A server of somebody's own, for the README's commands: both its wire formats, /health, nothing else. argv: port. */
import { createServer } from 'node:http';

/** Share of common characters; characters that a BERT tokenizer drops count for nothing. */
function scoreOf(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => new Set(text.replace(/[\u200b\u2060]/g, ''))) as [Set<string>, Set<string>];
  const common = [...left].filter((character) => right.has(character)).length;
  return common / (left.size + right.size - common);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    const text = Buffer.concat(chunks).toString('utf8');
    if (request.url === '/similarity') {
      const { addr1, addr2 } = JSON.parse(text) as { addr1: string; addr2: string };
      response.end(JSON.stringify({ similarity: scoreOf(addr1, addr2) }));
    } else if (request.url === '/predict') {
      const { query: [a, b] } = JSON.parse(text) as { query: [string, string] };
      response.end(JSON.stringify({ data: [{ score: scoreOf(a, b) }] }));
    } else {
      response.statusCode = request.url === '/health' ? 200 : 404;
      response.end('{}');
    }
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${String(address.port)}\n`);
});
