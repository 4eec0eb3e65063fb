/** Full-width ASCII and its blank as ASCII: Ａ１（　 become A1( . Everything else stays, ideographic marks such as 。 and 【 too. */
export const toHalfWidth = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');
