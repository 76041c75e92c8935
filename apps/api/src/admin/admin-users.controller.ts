import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { SystemUsersService, UserRemovalService, type RemovalDecision, type SystemUse } from '#identity';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { ValidationFailedError } from '../http/errors.js';
import { IdParameter } from '../http/paging.dto.js';
import { AdminController } from './admin-controller.decorator.js';
import { CurrentSystemUse } from './system-use.decorator.js';
import { DeleteUserRequest, SystemUserDetails, SystemUserPage, SystemUserQuery, toUser, toUserDetails, UserRemovalResponse } from './users.dto.js';

const NOT_FOUND = 'USER_NOT_FOUND: there is no such user';
const OWN = 'OWN_ACCOUNT: it is your own account';

/** All users, for those who run the platform. */
@AdminController('users')
export class AdminUsersController {
  constructor(
    private readonly users: SystemUsersService,
    private readonly removal: UserRemovalService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List all users, or find them by their address; oldest first' })
  @ApiOkResponse({ type: SystemUserPage })
  async list(@CurrentSystemUse() use: SystemUse, @Query() query: SystemUserQuery): Promise<SystemUserPage> {
    const { items, nextCursor } = await this.users.list(use, query);
    return { items: items.map(toUser), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One user, and where they belong' })
  @ApiOkResponse({ type: SystemUserDetails })
  @ApiProblems({ 404: NOT_FOUND })
  async get(@CurrentSystemUse() use: SystemUse, @Param() { id }: IdParameter): Promise<SystemUserDetails> {
    return toUserDetails(await this.users.get(use, id));
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep a user out', description: 'Their sessions end everywhere within 5 seconds, and they cannot sign in. What they made stays.' })
  @ApiOkResponse({ type: SystemUserDetails })
  @ApiProblems({ 404: NOT_FOUND, 409: OWN })
  async deactivate(@CurrentSystemUse() use: SystemUse, @Param() { id }: IdParameter): Promise<SystemUserDetails> {
    return toUserDetails(await this.users.deactivate(use, id));
  }

  @Post(':id/reactivate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a user sign in again' })
  @ApiOkResponse({ type: SystemUserDetails })
  @ApiProblems({ 404: NOT_FOUND })
  async reactivate(@CurrentSystemUse() use: SystemUse, @Param() { id }: IdParameter): Promise<SystemUserDetails> {
    return toUserDetails(await this.users.reactivate(use, id));
  }

  @Post(':id/anonymise')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Remove what tells who a user is, for good',
    description: 'Name and address are replaced; password, tokens, sessions and memberships are removed. What they made stays.',
  })
  @ApiOkResponse({ type: SystemUserDetails })
  @ApiProblems({ 404: NOT_FOUND, 409: `LAST_OWNER: they are the last OWNER of organizations, which \`details\` lists; ${OWN}` })
  async anonymise(@CurrentSystemUse() use: SystemUse, @Param() { id }: IdParameter): Promise<SystemUserDetails> {
    return toUserDetails(await this.users.anonymise(use, id));
  }

  @Post(':id/delete')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete a user, for good',
    description:
      'Without a decision it answers 409 and changes nothing; `details` counts, by table, what would go with the user. Then say who gets what they made (`giveTo`), or that it may be lost (`lose`).',
  })
  @ApiOkResponse({ type: UserRemovalResponse })
  @ApiProblems({
    404: NOT_FOUND,
    409: `DELETION_UNDECIDED: there is no decision yet; KEEPER_NOT_MEMBER: the person named in giveTo belongs to too few organizations; ${OWN}`,
    422: 'KEEPER_UNFIT: the person named in giveTo is not another, active user',
  })
  async delete(@CurrentSystemUse() use: SystemUse, @Param() { id }: IdParameter, @Body() body: DeleteUserRequest): Promise<UserRemovalResponse> {
    return await this.removal.delete(use, id, decisionOf(body));
  }
}

/** What is left out may also be null. @throws ValidationFailedError for both decisions at once */
function decisionOf({ giveTo, lose }: DeleteUserRequest): RemovalDecision | undefined {
  const isKept = typeof giveTo === 'string';
  if (isKept && lose === true) {
    throw new ValidationFailedError([{ field: 'lose', code: 'CONTRADICTION', message: '"lose" cannot be said together with "giveTo"' }]);
  }
  if (isKept) return { giveTo };
  return lose === true ? { lose } : undefined;
}
