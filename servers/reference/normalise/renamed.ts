/** A district or city that is called otherwise today. */
export interface Renaming {
  old: string;
  now: string;
  /** Province in which it lies. */
  parent: string;
  /** No district of today has the old name: it is understood without its province. */
  isUnique: boolean;
}

/** 浙江省 is written 浙江 too. */
const shortOf = (parent: string): string => parent.replace(/[省市]$/, '');

/**
 * Writes today's names of renamed districts: 北京市崇文区 becomes 北京市东城区. An old name counts only behind its province or, where no
 * district of today has it, at the beginning of the text: many live on as names of roads and of other districts. A name is followed once (中甸县 → 香格里拉县 → 香格里拉市).
 */
export const createRenamer = (renamings: readonly Renaming[]): ((text: string) => string) => {
  const current = (name: string, parent: string): string => {
    const next = renamings.find((one) => one.old === name && one.parent === parent);
    return next === undefined ? name : current(next.now, parent);
  };
  return (text) => {
    for (const { old, now, parent, isUnique } of renamings) {
      const at = text.indexOf(old);
      if (at < 0) continue;
      if (!(at === 0 && isUnique) && !text.slice(0, at).includes(shortOf(parent))) continue;
      return text.slice(0, at) + current(now, parent) + text.slice(at + old.length);
    }
    return text;
  };
};
