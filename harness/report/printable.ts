// C0 and C1 controls (except tab and newline), lone surrogates and non-characters are not allowed in HTML or XML text.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

/** Text without what no document may hold; lone surrogates become U+FFFD. */
export function printable(text: string): string {
  return text.replace(unprintable, '').replace(/\p{Surrogate}/gu, '\ufffd');
}
