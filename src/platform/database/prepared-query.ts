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

/** By connection: one that is newer than a migration may be told something else of the same statement. `asks`: whether `describe` is let through. */
type Known = { shapes: Map<string, Shape>; asks: boolean };
const known = new WeakMap<Line, Known>();

function knownOn(line: Line): Known {
  const found = known.get(line);
  if (found) return found;
  const made: Known = { shapes: new Map(), asks: true };
  known.set(line, made);
  const describe = line.describe.bind(line);
  line.describe = (portal) => {
    if (made.asks) describe(portal);
  };
  return made;
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
    const on = knownOn(line);
    const shape = this.hasBeenParsed(line) ? on.shapes.get(this.name) : undefined;
    if (shape) {
      this._result.fields = shape.fields;
      this._result._parsers = shape._parsers;
      this._result._prebuiltEmptyResultObject = shape._prebuiltEmptyResultObject;
      this._accumulateRows = true;
    }
    on.asks = shape === undefined;
    super.prepare(line);
    on.asks = true;
  }

  override handleCommandComplete(message: object, line: Line): void {
    super.handleCommandComplete(message, line);
    const { shapes } = knownOn(line);
    if (shapes.has(this.name)) return;
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    shapes.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }
}
