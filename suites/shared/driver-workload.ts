/*
What a driver does while the clients measure: it has leaders and acceptors fail, come back and be replaced, each after so
many milliseconds from its start.
*/
import {countOrZero, integer, writerOf, z} from '../../source/index.ts';

const leaderChangeWarmup = {leader_change_warmup_delay_ms: countOrZero(), leader_change_warmup_period_ms: countOrZero(), leader_change_warmup_num: countOrZero()};
const reconfigurationWarmup = {reconfiguration_warmup_delay_ms: countOrZero(), reconfiguration_warmup_period_ms: countOrZero(), reconfiguration_warmup_num: countOrZero()};

const doNothingSchema = z.strictObject({name: z.literal('DoNothing')});

const repeatedLeaderReconfigurationSchema = z.strictObject({
	acceptors: z.array(integer().min(0)).min(1),
	delay_ms: countOrZero(),
	period_ms: countOrZero(),
	name: z.literal('RepeatedLeaderReconfiguration'),
});

const leaderReconfigurationSchema = z.strictObject({
	...reconfigurationWarmup,
	reconfiguration_delay_ms: countOrZero(),
	reconfiguration_period_ms: countOrZero(),
	reconfiguration_num: countOrZero(),
	failure_delay_ms: countOrZero(),
	recover_delay_ms: countOrZero(),
	name: z.literal('LeaderReconfiguration'),
});

const leaderFailureSchema = z.strictObject({...leaderChangeWarmup, failure_delay_ms: countOrZero(), name: z.literal('LeaderFailure')});

const matchmakerReconfigurationSchema = z.strictObject({
	...reconfigurationWarmup,
	matchmaker_reconfiguration_delay_ms: countOrZero(),
	matchmaker_reconfiguration_period_ms: countOrZero(),
	matchmaker_reconfiguration_num: countOrZero(),
	failure_delay_ms: countOrZero(),
	recover_delay_ms: countOrZero(),
	reconfigure_delay_ms: countOrZero(),
	name: z.literal('MatchmakerReconfiguration'),
});

const chaosSchema = z.strictObject({
	...leaderChangeWarmup,
	...reconfigurationWarmup,
	matchmaker_reconfiguration_warmup_delay_ms: countOrZero(),
	matchmaker_reconfiguration_warmup_period_ms: countOrZero(),
	matchmaker_reconfiguration_warmup_num: countOrZero(),
	leader_failure_delay_ms: countOrZero(),
	acceptor_failure_delay_ms: countOrZero(),
	matchmaker_failure_delay_ms: countOrZero(),
	acceptor_recover_delay_ms: countOrZero(),
	matchmaker_recover_delay_ms: countOrZero(),
	name: z.literal('Chaos'),
});

const everywhere = [doNothingSchema, repeatedLeaderReconfigurationSchema, leaderReconfigurationSchema, leaderFailureSchema] as const;

/** What a driver of Horizontal MultiPaxos may do. */
export const horizontalDriverWorkload = z.discriminatedUnion('name', everywhere);

/** What a driver of Matchmaker MultiPaxos may do: matchmakers fail and are replaced, too. */
export const matchmakerDriverWorkload = z.discriminatedUnion('name', [...everywhere, matchmakerReconfigurationSchema, chaosSchema]);

/** The driver only looks on. */
export const doNothing = writerOf(doNothingSchema);
/** The leader moves to other acceptors over and over. */
export const repeatedLeaderReconfiguration = writerOf(repeatedLeaderReconfigurationSchema);
/** Warm-up, a series of reconfigurations, an acceptor that fails, and a last reconfiguration away from it. */
export const leaderReconfiguration = writerOf(leaderReconfigurationSchema);
/** Both leaders warm up, then the one that leads fails. */
const leaderFailure = writerOf(leaderFailureSchema);
/** The same as a leader's reconfiguration, of the matchmakers. */
export const matchmakerReconfiguration = writerOf(matchmakerReconfigurationSchema);
/** Leader, acceptor and matchmaker fail at once, and the latter two are replaced in turn. */
export const chaos = writerOf(chaosSchema);

/** A hundred reconfigurations to warm up, ten that count, then a failure and the recovery from it. */
export const acceptorsReplaced = leaderReconfiguration({
	reconfiguration_warmup_delay_ms: 10_000,
	reconfiguration_warmup_period_ms: 100,
	reconfiguration_warmup_num: 100,
	reconfiguration_delay_ms: 30_000,
	reconfiguration_period_ms: 1000,
	reconfiguration_num: 10,
	failure_delay_ms: 45_000,
	recover_delay_ms: 50_000,
});

/** Ten changes of leaders to warm up, then the one that leads fails. */
export const leaderFails = leaderFailure({leader_change_warmup_delay_ms: 0, leader_change_warmup_period_ms: 2000, leader_change_warmup_num: 10, failure_delay_ms: 30_000});
