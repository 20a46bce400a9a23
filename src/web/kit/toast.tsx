import type { View } from '#web/layout/view.ts';
import { Icon } from './icon.tsx';

/** What has just been done, in the flow of the page: it pushes and hides nothing, and closes by hand once scripts run. */
export function Toast({ view }: { view: View }) {
  const { flash, t } = view;
  if (!flash) return null;
  return (
    <toast-message class="toasts">
      <div class="toast" role="status">
        <Icon view={view} name={flash.kind === 'success' ? 'circle-check' : 'info'} />
        <div>
          <b>{t(flash.kind === 'success' ? 'kit.toast.success' : 'kit.toast.info')}</b> {t(flash.key, flash.values)}
        </div>
        <button type="button" class="iconbtn" aria-label={t('kit.toast.close')} hidden data-close="">
          <Icon view={view} name="x" />
        </button>
      </div>
    </toast-message>
  );
}
