/** The folder a record lies in, whichever way it was named. */
export function folderOf(path: string): string {
  return path.endsWith('.json') ? path.replace(/\/?[^/]*$/, '') || '.' : path.replace(/\/+$/, '');
}
