// What the island tells C#: committed changes only. One object per call, mirrored by records in C#.

export interface NodeMove {
  id: string;
  fromX: number;
  fromY: number;
  x: number;
  y: number;
}

export interface Selection {
  nodeIds: string[];
  linkIds: string[];
}

/** x and y are the top left corner of the step to be added. */
export interface DropRequest {
  type: string;
  x: number;
  y: number;
  onLinkId?: string;
}

/** x and y are the top left corner of the step to be added; screenX and screenY say where the picker opens. */
export interface PickerRequest {
  source: string;
  sourcePort: string;
  x: number;
  y: number;
  screenX: number;
  screenY: number;
}

export interface SpliceRequest {
  linkId: string;
  x: number;
  y: number;
  screenX: number;
  screenY: number;
}

export interface ConnectRequest {
  source: string;
  sourcePort: string;
  target: string;
}

export interface Notifier {
  moved(moves: NodeMove[]): void;
  connect(request: ConnectRequest): void;
  drop(request: DropRequest): void;
  picker(request: PickerRequest): void;
  splice(request: SpliceRequest): void;
  remove(selection: Selection): void;
  select(selection: Selection): void;
  command(name: string): void;
}
