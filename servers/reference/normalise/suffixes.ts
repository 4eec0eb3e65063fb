/** A province, city or district, and what lies in it. */
export interface Region {
  name: string;
  within: readonly Region[];
}

/** What a short name is without: 浙江省 → 浙江, 广西壮族自治区 → 广西. */
const suffix = /(?:维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|新区|区|县|地区|盟)$/;

/** Behind a short name these make it the name of something else: 南京路, 朝阳公园, 江北机场. */
const otherwise = /^[路街道巷弄里镇乡村庄大小东西南北中新老站桥门寺庙湖山河江海湾岛公园花广场校院楼店城区市县省州盟旗机高学医银]/u;

interface Found {
  region: Region;
  /** Characters it takes in the text. */
  length: number;
  isShort: boolean;
}

/** Short names of one character (蓟县) are no names. */
const shortOf = (name: string): string | null => {
  if (name.includes('自治州') || name.includes('自治县') || name.endsWith('自治旗')) return null;
  const short = name.replace(suffix, '');
  return short !== name && Array.from(short).length >= 2 ? short : null;
};

/** The regions by their first character: a text is compared with a handful. */
type Index = ReadonlyMap<string, readonly { region: Region; short: string | null; within: Index }[]>;

const indexOf = (regions: readonly Region[]): Index => {
  const index = new Map<string, { region: Region; short: string | null; within: Index }[]>();
  for (const region of regions) {
    const entry = { region, short: shortOf(region.name), within: indexOf(region.within) };
    const first = region.name.slice(0, 1);
    index.set(first, [...(index.get(first) ?? []), entry]);
  }
  return index;
};

const findIn = (index: Index, text: string): (Found & { within: Index }) | null => {
  let best: (Found & { within: Index }) | null = null;
  for (const { region, short, within } of index.get(text.slice(0, 1)) ?? []) {
    const isFull = text.startsWith(region.name);
    if (!isFull && (short === null || !text.startsWith(short))) continue;
    const length = isFull ? region.name.length : (short?.length ?? 0);
    if (best === null || length > best.length) best = { region, length, isShort: !isFull, within };
  }
  return best;
};

/**
 * Completes the names at the beginning of an address: 浙江杭州余杭区 becomes 浙江省杭州市余杭区. A short name is completed where the next thing is a region within it,
 * or where it stands behind the region that holds it; alone it may be anything (北京东路). Levels may be left out: 北京朝阳区, 杭州余杭区.
 */
export const createSuffixCompleter = (provinces: readonly Region[]): ((text: string) => string) => {
  const cities = provinces.flatMap(({ within }) => within);
  const top = indexOf(provinces);
  const topCities = indexOf(cities);
  /** What is next, one level down or two. */
  const nextIn = (index: Index, text: string): (Found & { within: Index }) | null => {
    const here = findIn(index, text);
    if (here !== null) return here;
    for (const entries of index.values()) {
      for (const { within } of entries) {
        const below = findIn(within, text);
        if (below !== null) return below;
      }
    }
    return null;
  };
  return (text) => {
    let done = '';
    let rest = text;
    const [province, city] = [findIn(top, rest), findIn(topCities, rest)];
    // 吉林市 is the city, 吉林吉林市 the province and its city.
    let found = province !== null && (city === null || province.length >= city.length) ? province : city;
    let isWithin = false;
    while (found !== null) {
      const after = rest.slice(found.length);
      const next = nextIn(found.within, after);
      const isLegible = !found.isShort || (next !== null && !(next.isShort && otherwise.test(after.slice(next.length)))) || (isWithin && !otherwise.test(after));
      if (!isLegible) break;
      done += found.region.name;
      rest = after;
      isWithin = true;
      found = next;
    }
    return done + rest;
  };
};
