import {type FlagTable} from './flag-table.ts';
import {suiteFlags} from './run-flags.ts';

const {cluster, 'identity-file': identityFile, ssh, 'strict-host-key-checking': strictHostKeyChecking, json} = suiteFlags;

/** Flags of `reap`, which looks after hosts alone. */
export const reapFlags = {
	cluster: {...cluster, help: 'the cluster file (default: this machine alone)'}, 'identity-file': identityFile, ssh, 'strict-host-key-checking': strictHostKeyChecking, json,
} as const satisfies FlagTable;

/** Flags of `check`, which takes those that say what would run. */
export const checkFlags = {...suiteFlags, cluster: {...cluster, help: 'the cluster file (default: the suite\'s, or this machine alone)'}} as const satisfies FlagTable;
