import type { View } from '#web/layout/view.ts';
import { Icon, type IconName } from './icon.tsx';

type PagerProps = {
  view: View;
  page: number;
  pages: number;
  from: number;
  to: number;
  total: number;
  size: number;
  sizes?: readonly number[];
  /** Where another page is; and where the first visible row is under another size. */
  pageHref: (page: number) => string;
  sizeHref: (size: number) => string;
  /** Names this bar where a page has several. */
  of?: string;
};

/** The bar under a list: sizes and range at the left, four words at the right; a word that leads nowhere is plain text. */
export function Pager({ view, page, pages, from, to, total, size, sizes = [10, 20, 30], pageHref, sizeHref, of }: PagerProps) {
  const { t } = view;
  return (
    <div class="pager">
      <div class="row">
        <span>{t('kit.pager.show')}</span>
        <nav aria-label={named(t('kit.pager.sizes'), of)}>
          <ul class="pg">
            {sizes.map((one) => (
              <li>
                <a href={sizeHref(one)} aria-current={one === size ? 'true' : undefined}>
                  {one}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <span class="muted num">{t('kit.pager.range', { from, to, total })}</span>
      </div>
      <nav class="nav" aria-label={named(t('kit.pager.label'), of)}>
        <ul class="pg">
          <Step view={view} icon="chevrons-left" text={t('kit.pager.first')} href={page > 1 ? pageHref(1) : undefined} />
          <Step view={view} icon="chevron-left" text={t('kit.pager.previous')} href={page > 1 ? pageHref(page - 1) : undefined} />
          <Step view={view} icon="chevron-right" after text={t('kit.pager.next')} href={page < pages ? pageHref(page + 1) : undefined} />
          <Step view={view} icon="chevrons-right" after text={t('kit.pager.last')} href={page < pages ? pageHref(pages) : undefined} />
        </ul>
      </nav>
    </div>
  );
}

function named(label: string, of: string | undefined): string {
  return of ? `${label} (${of})` : label;
}

type StepProps = { view: View; icon: IconName; text: string; href: string | undefined; after?: boolean };

function Step({ view, icon, text, href, after }: StepProps) {
  const drawn = <Icon view={view} name={icon} />;
  const inside = after ? [text, drawn] : [drawn, text];
  return <li>{href ? <a href={href}>{inside}</a> : <span class="p">{inside}</span>}</li>;
}

type MessagePagerProps = { view: View; from: number; to: number; total: number; olderHref: string | undefined; newerHref: string | undefined; of?: string };

/** The window of five messages: «Plus anciens», the range, «Plus récents», on top of a conversation. */
export function MessagePager({ view, from, to, total, olderHref, newerHref, of }: MessagePagerProps) {
  const { t } = view;
  return (
    <nav class="pager pager--msgs" aria-label={named(t('kit.messages.label'), of)}>
      <Window view={view} icon="chevron-up" text={t('kit.messages.older')} href={olderHref} />
      <span class="muted num">
        <span class="hide-s">{t('kit.messages.word')} </span>
        {t('kit.pager.range', { from, to, total })}
      </span>
      <Window view={view} icon="chevron-down" text={t('kit.messages.newer')} href={newerHref} />
    </nav>
  );
}

function Window({ view, icon, text, href }: { view: View; icon: IconName; text: string; href: string | undefined }) {
  const inside = [<Icon view={view} name={icon} />, text];
  return href ? <a href={href}>{inside}</a> : <span class="p">{inside}</span>;
}
