/** The other processes of this very Pli, on this machine. What other machines must know goes through the database (docs/adr/0014). */
export type Siblings = {
  /** Asks each of them; answers what they answered. One that has not within a second is left out. */
  ask(topic: SiblingTopic, text?: string): Promise<string[]>;
  /** What this process does when it is asked: one listener a topic. What it answers is text. */
  answer(topic: SiblingTopic, listener: (text: string) => Promise<string> | string): void;
};

/** `forget`: a key of the memory; `looks`: what pages wear has changed; `clock`: it was moved; `metrics`: what this process counted. */
export type SiblingTopic = 'forget' | 'looks' | 'clock' | 'metrics';

/** One process is the whole Pli: nobody is asked. */
export const noSiblings: Siblings = {
  ask: () => Promise.resolve([]),
  answer: () => undefined,
};
