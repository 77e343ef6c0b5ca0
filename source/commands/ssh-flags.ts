import {BenchError} from '../core/errors.ts';
import {type ConnectOptions} from '../host/connect-host.ts';
import {type ParsedFlags} from './flags.ts';

/**
How flags say that hosts are reached.

@throws BenchError `usage`.
*/
export function sshFlags(flags: ParsedFlags): Pick<ConnectOptions, 'forceSsh' | 'identityFile' | 'strictHostKeyChecking'> {
	const checking = flags.text('strict-host-key-checking');
	if (checking !== undefined && checking !== 'yes' && checking !== 'accept-new' && checking !== 'no') {
		throw new BenchError('usage', `--strict-host-key-checking takes yes, accept-new or no, not "${checking}".`);
	}

	return {forceSsh: flags.is('ssh'), identityFile: flags.text('identity-file'), strictHostKeyChecking: checking};
}
