/** Names of provinces, cities, districts and towns: their long and short forms. */

/** The 55 nationalities as they stand in names of autonomous regions (long forms first, so that 哈萨克族 is not cut to 克族). */
const nationality =
  '(?:哈萨克|柯尔克孜|塔吉克|乌孜别克|维吾尔|蒙古|藏|回|壮|苗|彝|土家|布依|朝鲜|满|侗|瑶|白|哈尼|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|怒|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族?';
const autonomous = new RegExp(`^(.{2,}?)(?:${nationality})*自治(区|州|县|旗)$`);
const suffix = /(?:特别行政区|林区|特区|地区|街道|省|市|区|县|盟|旗|镇|乡)$/;
/** 科尔沁左翼中旗: what is left after cutting is another banner's name as well. */
const banner = /[左右中前后]旗$/;

/** Names are few and asked for again and again; the expressions above are slow. */
const stems = new Map<string, string>();

/** 朝阳区 → 朝阳, 广西壮族自治区 → 广西; the name itself where too little would be left (单县) or the rest be unclear. */
export function stripSuffix(name: string): string {
  let stem = stems.get(name);
  if (stem === undefined) {
    stem = cutSuffix(name);
    stems.set(name, stem);
  }
  return stem;
}

function cutSuffix(name: string): string {
  if (banner.test(name)) return name;
  const stem = autonomous.exec(name)?.[1] ?? name.replace(suffix, '');
  return stem.length < 2 ? name : stem;
}

/** 恩施土家族苗族自治州 → 恩施州, 广西壮族自治区 → 广西: what people write for a long official name; `undefined` where there is none. */
export function officialShort(name: string): string | undefined {
  if (!name.includes('自治')) return undefined;
  const match = autonomous.exec(name);
  const [, stem, kind] = match ?? [];
  if (stem === undefined || kind === undefined) return undefined;
  return kind === '区' ? stem : stem + kind;
}
