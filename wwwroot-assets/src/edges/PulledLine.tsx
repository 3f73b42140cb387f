import { Position, type ConnectionLineComponentProps } from '@xyflow/react';
import { routeOf } from '../routing/path';
import { plain } from '../routing/shapes';

/** The line while it is being pulled from a port, forwards or backwards. */
export function PulledLine({ fromX, fromY, toX, toY, fromPosition, connectionStatus }: ConnectionLineComponentProps) {
  const [pulled, port] = [{ x: toX, y: toY }, { x: fromX, y: fromY }];
  const { path } = routeOf(plain(fromPosition === Position.Left ? { from: pulled, to: port } : { from: port, to: pulled }));
  return <path d={path} className={`ws-link ws-pulled${connectionStatus === 'valid' ? ' is-valid' : ''}`} />;
}
