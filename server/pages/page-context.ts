import type { Context } from 'hono';
import type { ServerDeps } from '../deps.ts';
import { type Addresses, createAddresses } from './addresses.ts';
import { type Formats, formatsOf } from './formats.ts';
import type { PageLanguage } from './languages.ts';
import { createTranslate, type Translate } from './messages.ts';

/** What every page and every part of one gets. */
export interface PageContext {
  readonly c: Context;
  readonly deps: ServerDeps;
  readonly language: PageLanguage;
  readonly t: Translate;
  readonly format: Formats;
  /** Paths of pages, with base path and language. */
  readonly to: Addresses;
  /** Scheme, host and base path, without a slash at the end: for citations, feeds and what else leaves the site. */
  readonly publicUrl: string;
  readonly now: Date;
}

/** @param language of the address that was asked for. */
export function pageContext(c: Context, deps: ServerDeps, language: PageLanguage): PageContext {
  const publicUrl = deps.publicUrl(c);
  const basePath = new URL(publicUrl).pathname.replace(/\/$/, '');
  return {
    c,
    deps,
    language,
    t: createTranslate(language),
    format: formatsOf(language),
    to: createAddresses(basePath, language),
    publicUrl,
    now: deps.clock(),
  };
}

/** Addresses on this server as others see them. @param path with the base path, as `Addresses` gives it. */
export const absolute = ({ publicUrl }: PageContext, path: string): string => new URL(path, publicUrl).href;
