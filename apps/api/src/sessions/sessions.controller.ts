import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SessionsService, type OwnSession, type SessionHolder } from '#identity';
import { CurrentSession } from '../auth/current-session.decorator.js';
import { SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IdParameter, PageQuery } from '../http/paging.dto.js';
import { OwnSessionPage, type OwnSessionResponse } from './sessions.dto.js';

const UNAUTHENTICATED = 'no valid access token';

/** The caller's own sessions: where they are signed in. */
@ApiTags('Signing in')
@ApiBearerAuth()
@SignedIn({ evenSuspended: true })
@Controller('sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @ApiOperation({ summary: 'Where am I signed in', description: 'The living sessions, the newest sign-in first.' })
  @ApiOkResponse({ type: OwnSessionPage })
  @ApiProblems({ 400: 'limit or cursor is not valid', 401: UNAUTHENTICATED })
  async list(@CurrentSession() { userId, sessionId }: SessionHolder, @Query() query: PageQuery): Promise<OwnSessionPage> {
    const { items, nextCursor } = await this.sessions.list(userId, query);
    return { items: items.map((session) => toResponse(session, sessionId)), nextCursor };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a session', description: 'Its refresh tokens end at once, its access tokens within seconds. May be the current one.' })
  @ApiNoContentResponse({ description: 'It has ended.' })
  @ApiProblems({ 400: 'the id is no UUID', 401: UNAUTHENTICATED, 404: 'SESSION_NOT_FOUND: the caller has no such session' })
  async revoke(@CurrentSession() { userId }: SessionHolder, @Param() { id }: IdParameter): Promise<void> {
    await this.sessions.revoke(userId, id);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'End all sessions but this one' })
  @ApiNoContentResponse({ description: 'They have ended.' })
  @ApiProblems({ 401: UNAUTHENTICATED })
  async revokeOthers(@CurrentSession() { userId, sessionId }: SessionHolder): Promise<void> {
    await this.sessions.revokeOthers(userId, sessionId);
  }
}

function toResponse(session: OwnSession, currentId: string): OwnSessionResponse {
  return {
    id: session.id,
    createdAt: session.created_at,
    lastUsedAt: session.last_used_at,
    ip: session.ip,
    userAgent: session.user_agent,
    organization: { id: session.organization_id, name: session.organization_name, slug: session.slug },
    current: session.id === currentId,
  };
}
