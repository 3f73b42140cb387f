using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkflowStudio.Components.Editor.Canvas;

/// <summary>What the canvas draws. Plain view data: mirrors wwwroot-assets/src/contract/wire.ts, change both together.</summary>
public sealed record CanvasGraph(
    IReadOnlyList<CanvasNode> Nodes,
    IReadOnlyList<CanvasLink> Links,
    IReadOnlyList<CanvasNote>? Notes = null,
    IReadOnlyList<CanvasGroup>? Groups = null);

/// <summary>A step (or the trigger, whose id is "trigger"). X and Y are its top left corner in canvas pixels, on a grid of 16.</summary>
public sealed record CanvasNode(
    string Id,
    CanvasNodeKind Kind,
    string Type,
    string TypeTitle,
    StepGroup Group,
    string Icon,
    string Name,
    double X,
    double Y,
    bool Inputs,
    IReadOnlyList<CanvasPort> Outputs,
    string? Summary = null,
    CanvasProblem? Problem = null,
    bool Disabled = false,
    bool Pinned = false);

/// <summary>An output; the label is drawn when the step has several.</summary>
public sealed record CanvasPort(string Id, string? Label = null);

public sealed record CanvasLink(string Id, string Source, string SourcePort, string Target);

public sealed record CanvasNote(string Id, double X, double Y, double Width, string Text, string? By = null);

public sealed record CanvasGroup(string Id, double X, double Y, double Width, double Height, string Title);

/// <summary>
/// A change to what is drawn, applied in this order: remove, upsert, select. Removing a node removes its links; a null selection leaves it
/// as it is.
/// </summary>
public sealed record CanvasPatch(
    IReadOnlyList<CanvasNode>? UpsertNodes = null,
    IReadOnlyList<string>? RemoveNodes = null,
    IReadOnlyList<CanvasLink>? UpsertLinks = null,
    IReadOnlyList<string>? RemoveLinks = null,
    IReadOnlyList<string>? Select = null);

/// <summary>Where a step stands in a run. The caption is drawn below it ("Waits until Dec 1, 11:30 AM"), the count from 2 on.</summary>
public sealed record ShownStep(string Id, ShownStatus Status, string? Caption = null, int? Count = null);

[JsonConverter(typeof(CanvasWord<CanvasNodeKind>))]
public enum CanvasNodeKind { Trigger, Step }

[JsonConverter(typeof(CanvasWord<StepGroup>))]
public enum StepGroup { Trigger, Flow, Data, Messaging, Practice, Documents, Ai, Http }

[JsonConverter(typeof(CanvasWord<CanvasProblem>))]
public enum CanvasProblem { Error, Warning }

[JsonConverter(typeof(CanvasWord<ShownStatus>))]
public enum ShownStatus { NotStarted, Running, Waiting, Done, Failed, Skipped, Paused, Canceled }

[JsonConverter(typeof(CanvasWord<CanvasColorMode>))]
public enum CanvasColorMode { Light, Dark }

/// <summary>Enums travel as camel case words.</summary>
public sealed class CanvasWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
