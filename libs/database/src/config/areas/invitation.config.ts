import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** Asking people to join an organization. */
@ConfigArea('invitation', { title: 'Invitations' })
export class InvitationConfig {
  @Env('INVITATION_TTL_SECONDS', { description: 'How long an invitation can be accepted.', unit: 'seconds' })
  @IsInt()
  @Min(60)
  @Max(31_536_000)
  readonly ttlSeconds: number = 604_800;
}
