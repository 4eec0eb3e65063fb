/** A name that people use for a place, and the place's own. */
export interface Alias {
  alias: string;
  full: string;
  /** In these cities, without 市; elsewhere the alias may be something else. */
  cities: readonly string[];
}

/** What may follow an alias that is a name of its own; in 国贸大厦 or 鸟巢路 it is part of another. */
const mayFollow = /^(?:$|[\s\d（(【[,，A-Za-z]|[东西南北正]门|[一二三四五六七八九十]+[层楼号]|地下|停车场|门诊|住院部|出发|到达|国内|国际|T\d)/;

/**
 * Writes the own names of well-known places: 北京市国贸 becomes 北京市中国国际贸易中心. Only behind the name of the alias's city, or at the very beginning, and
 * only where the alias stands for itself. One alias a text: an address has one place.
 */
export const createAliasExpander = (aliases: readonly Alias[]): ((text: string) => string) => {
  const longestFirst = aliases.toSorted((left, right) => right.alias.length - left.alias.length);
  return (text) => {
    for (const { alias, full, cities } of longestFirst) {
      const at = text.indexOf(alias);
      if (at < 0 || text.includes(full)) continue;
      const before = text.slice(0, at);
      if (before !== '' && !cities.some((city) => before.includes(city))) continue;
      const after = text.slice(at + alias.length);
      if (!mayFollow.test(after)) continue;
      // Not 上海上海浦东国际机场.
      const twice = cities.find((city) => before.endsWith(city) && full.startsWith(city)) ?? '';
      return before + full.slice(twice.length) + after;
    }
    return text;
  };
};
