import pg from 'pg';

/** What a statement answers, as the server described it: what pg reads rows with. Without fields for one that gives no rows. */
type Shape = { fields: unknown[]; _parsers: unknown[] | undefined; _prebuiltEmptyResultObject: object | null };

/** A line to the server as pg holds it. */
type Line = { describe(portal: object): void };

/** What pg's query has and its types do not name; pg is held at one version, and `pool.test.ts` fails when it changes. */
type Inside = {
  name: string;
  text: string;
  _accumulateRows: boolean;
  _result: Shape;
  hasBeenParsed(line: Line): boolean;
  prepare(line: Line): void;
  handleCommandComplete(message: object, line: Line): void;
};

const Query = pg.Query as unknown as new (text: string, values: unknown[]) => Inside; // See `Inside`.

/** By connection: a connection that is newer than a migration may be told something else of the same statement. */
const known = new WeakMap<Line, { shapes: Map<string, Shape>; quiet: Line }>();

function knownOn(line: Line): { shapes: Map<string, Shape>; quiet: Line } {
  const found = known.get(line) ?? { shapes: new Map(), quiet: Object.create(line, { describe: { value: () => undefined } }) };
  known.set(line, found);
  return found;
}

/**
 * A statement prepared under a name, whose columns are asked for once a connection: pg asks each time, and reads the same answer each time, which
 * takes longer than the rows. PostgreSQL refuses to run a prepared statement whose columns have changed («cached plan must not change result
 * type»), so what it said once holds.
 */
export class PreparedQuery extends Query {
  constructor({ name, text, values }: { name: string; text: string; values: unknown[] }) {
    super(text, values);
    this.name = name;
  }

  override prepare(line: Line): void {
    const { shapes, quiet } = knownOn(line);
    const shape = this.hasBeenParsed(line) ? shapes.get(this.name) : undefined;
    if (!shape) {
      super.prepare(line);
      return;
    }
    this._result.fields = shape.fields;
    this._result._parsers = shape._parsers;
    this._result._prebuiltEmptyResultObject = shape._prebuiltEmptyResultObject;
    this._accumulateRows = true;
    super.prepare(quiet);
  }

  override handleCommandComplete(message: object, line: Line): void {
    super.handleCommandComplete(message, line);
    const { shapes } = knownOn(line);
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    if (!shapes.has(this.name)) shapes.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }
}
