/** The people of a story, by the name the demonstration's team calls them. */
export type Who = 'marie' | 'paul' | 'alain' | 'dossiers' | 'jean' | 'jeanAtAtelier';

export type StoryFile = { name: string; mediaType: string; bytes: () => Buffer };

export type Posting = {
  from: Who;
  /** Hours after the conversation was started; the first message is at 0. */
  hours: number;
  text: string;
  files?: readonly StoryFile[];
  /** Whose envelope is still closed; everybody else opened it some hours later. */
  sealedFor?: readonly Who[];
};

/** A conversation of the demonstration's past, told from the holder's side. */
export type Story = {
  title: string;
  holder: Who;
  with: readonly Who[];
  /** Started that many days ago, at that time of the holder's day (`HH:MM`). */
  daysAgo: number;
  time: string;
  /** Who never displayed it: bold in their list. */
  newFor?: readonly Who[];
  postings: readonly [Posting, ...Posting[]];
};
