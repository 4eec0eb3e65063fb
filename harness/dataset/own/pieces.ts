/** The same pieces; `tell` hears how many bytes each has before it is handed on. */
export async function* tellPieces(pieces: AsyncIterable<Uint8Array>, tell: (bytes: number) => Promise<void> | void): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    await tell(piece.byteLength);
    yield piece;
  }
}
