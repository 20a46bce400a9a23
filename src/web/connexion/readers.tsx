import type { Conversation, PersonRow } from '#domain/conversations/api.ts';
import { Address } from '#web/kit/address.tsx';
import { Icon } from '#web/kit/icon.tsx';
import type { View } from '#web/layout/view.ts';

type ReadersProps = { view: View; conversation: Conversation; people: readonly PersonRow[] };

/** «Qui peut lire ceci?», folded under the title of the conversation. */
export function FoldedReaders({ view, conversation, people }: ReadersProps) {
  return (
    <details class="people-fold small">
      <summary>
        <Icon view={view} name="users-round" />
        <span>{view.t('connexion.readers.title')}</span>
        <Icon view={view} name="chevron-down" />
      </summary>
      <Readers view={view} conversation={conversation} people={people} />
    </details>
  );
}

/** Every person whom the door of the conversation lets in, by name, and in words those whom it does not (S-10, 000-07). */
export function Readers({ view, conversation, people }: ReadersProps) {
  const { t } = view;
  return (
    <>
      <ul class="people">
        {people.map((person) => (
          <li>
            <span class="fig">
              <Icon view={view} name="user-round" />
            </span>
            <span>
              {person.personaId === conversation.personaId
                ? t('connexion.people.you', { name: person.name ?? person.address })
                : (person.name ?? <Address address={person.address} />)}
              <span class="org">
                {person.name && <Address address={person.address} />} {t(`connexion.role.${person.role}`)}
              </span>
              <Limits view={view} person={person} />
            </span>
          </li>
        ))}
      </ul>
      <p class="people-others">{t('connexion.readers.others', { organisation: conversation.organisationName })}</p>
    </>
  );
}

/** What they cannot read of it, or not yet. */
function Limits({ view, person }: { view: View; person: PersonRow }) {
  const { t } = view;
  return (
    <>
      {person.withoutPast && <span class="org">{t('connexion.readers.without-past')}</span>}
      {person.reads === 'without-account' && <span class="org">{t('connexion.readers.without-account')}</span>}
      {person.reads === 'suspended' && <span class="org">{t('connexion.readers.suspended')}</span>}
    </>
  );
}
