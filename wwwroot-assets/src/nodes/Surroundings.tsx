import { memo } from 'react';
import type { NodeProps } from '@xyflow/react';
import type { GroupFlowNode, NoteFlowNode } from '../graph/document';

export const NoteNode = memo(function NoteNode({ data: { note } }: NodeProps<NoteFlowNode>) {
  return (
    <div className="ws-note" style={{ width: note.width }}>
      <div>{note.text}</div>
      {note.by && <div className="ws-note-by">{note.by}</div>}
    </div>
  );
});

export const GroupNode = memo(function GroupNode({ data: { group } }: NodeProps<GroupFlowNode>) {
  return <div className="ws-group" style={{ width: group.width, height: group.height }}>{group.title}</div>;
});
