import { Hono } from 'hono';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Composer } from '#web/kit/composer.tsx';
import { ErrorSummary, type FieldFault } from '#web/kit/error-summary.tsx';
import { FileField } from '#web/kit/file-field.tsx';
import { KeptFiles } from '#web/kit/kept-files.tsx';
import { PasswordField } from '#web/kit/password-field.tsx';
import { PasswordRules } from '#web/kit/password-rules.tsx';
import { TextArea } from '#web/kit/text-area.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { Layout } from '#web/layout/layout.tsx';
import { renderPage } from '#web/layout/render.ts';
import type { View } from '#web/layout/view.ts';
import type { Web } from '#web/layout/web.ts';

/** A page to write on, changing at each visit, and the messages it has received. An empty message is refused, and its documents are kept. */
export function writingPages() {
  const received: string[] = [];
  let visits = 0;
  const routes = new Hono<Web>();
  routes.get('/fil', (c) => {
    visits += 1;
    return renderPage(c, <WritingPage view={c.get('view')} visits={visits} errors={[]} />);
  });
  routes.post('/fil', async (c) => {
    const form = await c.req.parseBody({ all: true });
    const message = String(form.message).trim();
    const errors = [{ field: 'message', text: 'Écrivez un message.' }];
    const documents = [form.documents].flat().filter((one) => one instanceof File && one.size > 0) as File[]; // the filter's own words
    if (!message) return renderPage(c, <WritingPage view={c.get('view')} visits={visits} errors={errors} kept={documents} />, 422);
    const kept = [form['fichier-recu']].flat().filter(Boolean);
    received.push(`${message} +${documents.length + kept.length}`);
    setFlash(c, 'success', 'kit.toast.info');
    return c.redirect('/fil', 303);
  });
  return { routes, received };
}

type WritingPageProps = { view: View; visits: number; errors: readonly FieldFault[]; kept?: readonly File[] };

function WritingPage({ view, visits, errors, kept = [] }: WritingPageProps) {
  return (
    <Layout view={view} title="Fil" current="connexion">
      <h1>Fil</h1>
      <p id="visites">{visits}</p>
      <Composer view={view} summary="Afficher un message" title="Ajouter un message" readers="Marie" open={errors.length > 0}>
        <form class="stack" method="post" action="/fil" enctype="multipart/form-data">
          <ErrorSummary view={view} errors={errors} />
          <TextArea view={view} id="message" name="message" label="Message" />
          <KeptFiles view={view} legend="Documents déjà reçus" files={kept.map(({ name, size }) => ({ uploadId: name, name, size }))} />
          <FileField view={view} id="documents" name="documents" limitBytes={4_000_000} />
          <PasswordField view={view} id="secret" name="secret" label="Mot de passe" autocomplete="new-password" describedBy="regles" />
          <PasswordRules view={view} id="regles" for="secret" rules={[{ text: '15 caractères au moins', minLength: 15 }]} />
          <Button view={view} kind="go">
            Soumettre
          </Button>
          <LinkButton view={view} kind="bare" href="/aide">
            Annuler
          </LinkButton>
        </form>
      </Composer>
    </Layout>
  );
}
