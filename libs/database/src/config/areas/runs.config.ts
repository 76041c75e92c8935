import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** How far one run may go, and how many may go at once. A caller may ask for less for a run, never for more. */
@ConfigArea('runs', { title: 'Runs' })
export class RunsConfig {
  @Env('RUN_MAX_STEPS', { description: 'The most steps of one run: model calls, tool calls, questions, nested runs.', unit: 'steps' })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly maxSteps: number = 100;

  @Env('RUN_MAX_DEPTH', { description: 'How deep agents may call agents; 1 means that none may.', unit: 'runs' })
  @IsInt()
  @Min(1)
  @Max(32)
  readonly maxDepth: number = 8;

  @Env('RUN_MAX_WALL_SECONDS', {
    description: 'How long one run may take, its nested runs included; the time it waits for a person does not count.',
    unit: 'seconds',
  })
  @IsInt()
  @Min(1)
  @Max(86_400)
  readonly maxWallSeconds: number = 3_600;

  @Env('RUN_MAX_TOKENS', { description: 'The most tokens that one run may use, its nested runs included.', unit: 'tokens' })
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  readonly maxTokens: number = 1_000_000;

  @Env('RUN_MAX_COST_MICROS', {
    description: 'The most that one run may cost, its nested runs included, in millionths of the currency unit of the price table.',
    unit: 'millionths',
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000_000_000)
  readonly maxCostMicros: number = 100_000_000;

  @Env('RUN_MAX_PER_ORGANIZATION', { description: 'The most runs of one organization that are queued or running at once.', unit: 'runs' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly maxPerOrganization: number = 100;

  @Env('TASK_RETRY_SECONDS', {
    description: 'How long a task waits after its first failed attempt; twice as long after each further one, up to an hour.',
    unit: 'seconds',
  })
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly taskRetrySeconds: number = 30;
}
