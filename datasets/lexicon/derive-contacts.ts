import { faker } from '@faker-js/faker/locale/zh_CN';

const wanted = { people: 240, companies: 120 };

/** Names of people and of companies that nobody bears on purpose: drawn by faker (zh_CN) from a fixed seed. Its places do not exist and are cut off. */
export function deriveContacts(): [list: string, items: string][] {
  faker.seed(7);
  const people = new Set<string>();
  while (people.size < wanted.people) people.add(faker.person.fullName());
  const companies = new Set<string>();
  while (companies.size < wanted.companies) {
    const name = faker.company.name().replace(/^.{1,6}?(?:省|自治区|特别行政区)/, '').replace(/^.{1,4}?[市县]/, '');
    if (/^[\u4e00-\u9fff（）]{4,14}$/.test(name)) companies.add(name);
  }
  return [['people', [...people].join(' ')], ['companies', [...companies].join(' ')]];
}
