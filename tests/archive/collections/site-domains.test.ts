import { describe, expect, test } from 'vitest';
import { siteDomains } from '../../../archive/collections/site-domains.ts';
import type { Service } from '../../../archive/declarations/service.ts';

const service = (name: string, ...locations: string[]): Service => ({
  id: name,
  name,
  terms: [
    {
      serviceId: name,
      type: 'Terms of Service',
      validUntil: undefined,
      sourceDocuments: locations.map((location, place) => ({
        ...{ id: `document-${place}`, location: `https://${location}`, select: 'main', remove: undefined },
        ...{ filter: [], executeClientScripts: undefined },
      })),
    },
  ],
  history: new Map(),
  filtersFile: undefined,
  filtersHistoryFile: undefined,
});

interface Given {
  readonly id?: string;
  readonly services: readonly Service[];
  readonly domains?: Readonly<Record<string, readonly string[]>>;
}

/** Domain → services by comma. */
async function sites(...collections: readonly Given[]): Promise<Record<string, string>> {
  const found = await siteDomains(
    collections.map(({ id = 'one', services, domains = {} }) => ({
      id,
      services: () => services,
      domains: () => new Map(Object.entries(domains)),
    })),
  );
  return Object.fromEntries(
    [...found].map(([domain, there]) => [domain, there.map(({ service: { id } }) => id).join()]),
  );
}

describe('what follows from declared locations', () => {
  test.each<[string, Service[], Record<string, string>]>([
    [
      'the apex, www. and what is below are one line',
      [service('Lark', 'www.lark.example/terms', 'help.lark.example/privacy', 'lark.example/x')],
      { 'lark.example': 'Lark' },
    ],
    [
      'a service below alone has the whole domain',
      [service('Lark', 'help.lark.example/t')],
      { 'lark.example': 'Lark' },
    ],
    [
      'a shared host shows all its services, the domain above it those that are there',
      [
        service('Gull', 'www.gull.example'),
        service('Nest', 'legal.gull.example'),
        service('Egg', 'legal.gull.example'),
      ],
      { 'gull.example': 'Gull', 'legal.gull.example': 'Nest,Egg' },
    ],
    [
      'the service that bears the name has its domain, wherever below its terms are',
      [service('Gull', 'legal.gull.example'), service('Nest', 'www.gull.example')],
      { 'gull.example': 'Gull,Nest', 'legal.gull.example': 'Gull' },
    ],
    [
      'an owner who publishes the terms of a service with a domain of its own',
      [service('Crab', 'www.crab.example', 'intl.pictures.example')],
      { 'crab.example': 'Crab', 'intl.pictures.example': 'Crab' },
    ],
    [
      'the same at the apex: only where another service bears that name',
      [service('Crab', 'crab.example', 'www.gull.example', 'www.newname.example'), service('Gull', 'gull.example')],
      { 'crab.example': 'Crab', 'gull.example': 'Gull', 'newname.example': 'Crab' },
    ],
    [
      'a product that begins with the name of its company does not own what else the company has',
      [service('Gull Play', 'developer.robot.example', 'play.gull.example'), service('Gull', 'gull.example')],
      { 'developer.robot.example': 'Gull Play', 'play.gull.example': 'Gull Play', 'gull.example': 'Gull' },
    ],
    [
      'a company with more than eight services on one site',
      [...'abcdefgh']
        .map((letter) => service(`Gull ${letter}`, 'www.gull.example/t'))
        .concat(service('Gull', 'gull.example')),
      { 'gull.example': 'Gull' },
    ],
    [
      'a name with a dot, a name with accents',
      [service('Lark.test', 'lark.test'), service('Mér', 'mer.example'), service('Owl', 'lark.test')],
      { 'lark.test': 'Lark.test,Owl', 'mer.example': 'Mér' },
    ],
    [
      "names that anybody may have are nobody else's",
      [service('Lark', 'lark.github.io/terms'), service('Gull', 'gull.github.io'), service('Owl', 'owl.co.uk')],
      { 'lark.github.io': 'Lark', 'gull.github.io': 'Gull', 'owl.co.uk': 'Owl' },
    ],
    [
      'public suffixes and IP addresses',
      [service('Lark', 'github.io/t', '192.0.2.1/t', '[2001:db8::1]/t', 'localhost/t')],
      {},
    ],
    ['an internationalised name', [service('Lark', 'www.bücher.example')], { 'xn--bcher-kva.example': 'Lark' }],
    ['a port, a dot at the end', [service('Lark', 'lark.example.:8080/t')], { 'lark.example': 'Lark' }],
  ])('%s', async (_, services, expected) => expect(await sites({ services })).toEqual(expected));

  test.each([
    'www.iubenda.com/privacy-policy/1',
    'app.termly.io/document/1',
    'docs.google.com/document/d/1',
    'www.notion.so/Terms-1',
    'github.com/lark/terms/blob/main/terms.md',
    'gist.github.com/lark/1',
    'web.archive.org/web/2020/https://lark.example',
  ])('terms published at %s do not put their service there', async (location) => {
    expect(await sites({ services: [service('Lark', location)] })).toEqual({});
  });

  test('a customer has the name below a publisher, the publisher has its own', async () => {
    const services = [service('Lark', 'lark.zendesk.com/t'), service('Zendesk', 'support.zendesk.com/t')];
    const github = [service('GitHub', 'docs.github.com/t'), service('Lark Tools', 'gist.github.com/t')];
    expect(await sites({ services })).toEqual({ 'lark.zendesk.com': 'Lark', 'zendesk.com': 'Zendesk' });
    expect(await sites({ services: github })).toEqual({ 'github.com': 'GitHub' });
  });
});

describe('domains.yml', () => {
  const services = [service('Gull', 'legal.gull.example'), service('Nest', 'legal.gull.example')];

  test('adds domains, and decides over those that follow from locations', async () => {
    const domains = { 'gull.example': ['Gull'], 'gull.fr': ['Gull'], 'nest.example': ['Nest', 'Gull'] };
    expect(await sites({ services, domains })).toEqual({
      'legal.gull.example': 'Gull,Nest',
      'gull.example': 'Gull',
      'gull.fr': 'Gull',
      'nest.example': 'Gull,Nest',
    });
  });

  test('nobody: a line where a line above would say otherwise, else none', async () => {
    const domains = {
      'gull.example': ['Gull'],
      'docs.gull.example': [],
      'empty.example': [],
      'legal.gull.example': ['Gull'],
    };
    expect(await sites({ services, domains })).toEqual({ 'gull.example': 'Gull', 'docs.gull.example': '' });
  });

  test('a service that is not declared any more says nothing', async () => {
    expect(await sites({ services: [service('Gull', 'gull.example')], domains: { 'gull.example': ['Gone'] } })).toEqual(
      {
        'gull.example': 'Gull',
      },
    );
  });
});

test('a service of several collections is one line, each collection deciding for its own', async () => {
  const services = [service('Gull', 'legal.gull.example'), service('Nest', 'legal.gull.example')];
  expect(
    await sites(
      { id: 'one', services, domains: { 'legal.gull.example': [], 'gull.example': ['Gull'] } },
      { id: 'two', services },
    ),
  ).toEqual({ 'gull.example': 'Gull,Gull,Nest', 'legal.gull.example': 'Gull,Nest' });
});

test('names of services may be anything', async () => {
  const names = ['<script>', '', '__proto__', 'constructor', '\uD800', 'ﷺ'.repeat(5_000)];
  const services = names.map((name, place) => ({ ...service(name, 'www.odd.example'), id: `odd-${place}` }));
  expect(await sites({ services })).toEqual({ 'odd.example': services.map(({ id }) => id).join() });
});
