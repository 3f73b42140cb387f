using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>A place for which a step is being chosen.</summary>
internal sealed record StepWish(
    StepWishKind Kind, string? Source = null, string? Port = null, double X = 0, double Y = 0, (double X, double Y)? Screen = null)
{
    /// <summary>Where it is most likely wanted.</summary>
    public static StepWish Anywhere { get; } = new(StepWishKind.Anywhere);

    /// <summary>At the end of a line that was pulled into empty space.</summary>
    public static StepWish Behind(CanvasPickerRequest request) =>
        new(StepWishKind.Behind, request.Source, request.SourcePort, request.X, request.Y, (request.ScreenX, request.ScreenY));

    /// <summary>In a link.</summary>
    public static StepWish Between(CanvasSpliceRequest request) =>
        new(StepWishKind.Between, request.LinkId, null, request.X, request.Y, (request.ScreenX, request.ScreenY));

    /// <summary>After a step of the list.</summary>
    public static StepWish After(string id) => new(StepWishKind.After, id);

    /// <summary>Adds a step of the chosen type there.</summary>
    public EditOutcome Fulfil(EditorDocument document, string type) => Kind switch
    {
        StepWishKind.Behind => document.AddAfter(type, Source!, Port, X, Y),
        StepWishKind.Between => document.Splice(type, Source!, X, Y),
        _ => document.Append(type),
    };
}

internal enum StepWishKind
{
    Anywhere,
    Behind,
    Between,
    After,
}
