/** A symbol of the icon font of the studio (symbols.mjs). */
export function Icon({ name, filled = false, className = '' }: { name: string; filled?: boolean; className?: string }) {
  return <span className={`ws-icon${filled ? ' is-filled' : ''} ${className}`} aria-hidden="true" translate="no">{name}</span>;
}
