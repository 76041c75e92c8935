import { Initial1795216500000 } from './1795216500000-initial.js';
import { SchemaTools1795272000000 } from './1795272000000-schema-tools.js';
import { Comments1795273000000 } from './1795273000000-comments.js';
import { RunRules1795300000000 } from './1795300000000-run-rules.js';
import { Platform1795301000000 } from './1795301000000-platform.js';
import { PlatformPart21795301001000 } from './1795301001000-platform-part-2.js';
import { Tasks1795302000000 } from './1795302000000-tasks.js';
import { TasksPart21795302001000 } from './1795302001000-tasks-part-2.js';
import { GitAgentText1795303000000 } from './1795303000000-git-agent-text.js';
import { GitAgentTextPart21795303001000 } from './1795303001000-git-agent-text-part-2.js';
import { AuditActor1795304000000 } from './1795304000000-audit-actor.js';

/** Every migration. Listed by hand: a compiled file whose source is gone must not run. */
export const migrations = [
  // Oldest first.
  Initial1795216500000,
  SchemaTools1795272000000,
  Comments1795273000000,
  RunRules1795300000000,
  Platform1795301000000,
  PlatformPart21795301001000,
  Tasks1795302000000,
  TasksPart21795302001000,
  GitAgentText1795303000000,
  GitAgentTextPart21795303001000,
  AuditActor1795304000000,
] as const;
