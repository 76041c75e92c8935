import type { DoctorContext } from './context.js';
import type { Diagnosis } from './diagnosis.js';

/** One thing that the doctor looks at. A file each, below `checks/`, and a line in `checks/index.ts`. */
export interface DoctorCheck {
  /** Stable; its key in the JSON. */
  readonly name: string;
  /** Changes nothing. What it throws means "could not look". */
  look(context: DoctorContext): Promise<readonly Diagnosis[]>;
}
