using WorkflowStudio.Components.Editor.Palette;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Layout;
using WorkflowStudio.Engine.Nodes;
using static System.FormattableString;

namespace WorkflowStudio.Components.Templates;

/// <summary>
/// A small picture of a graph: a tile for each step where the canvas would put it, and the links between them. In pixels; small graphs
/// stand in the middle of the usual size, larger ones make the picture larger.
/// </summary>
/// <param name="Tiles">The start and the steps.</param>
/// <param name="Links">The links, as paths of SVG.</param>
/// <param name="ViewBox">What is to be seen.</param>
/// <param name="Words">The same for who does not see it.</param>
internal sealed record PictureOfGraph(IReadOnlyList<PictureTile> Tiles, IReadOnlyList<string> Links, string ViewBox, string Words)
{
    /// <summary>The width and height of a tile.</summary>
    public const int Tile = 28;

    private const int Column = 48;
    private const int Row = 36;
    private const int Width = 300;
    private const int Height = 128;
    private const int Edge = 14;

    public static PictureOfGraph Of(WorkflowDefinition definition, NodeCatalog catalog)
    {
        var places = GraphLayout.Arrange(definition, catalog);
        double[] rows = [.. places.Select(p => p.Y).Distinct().Order()], columns = [.. places.Select(p => p.X).Distinct().Order()];
        var tiles = places.Select(p => Draw(definition, catalog, p.Id, Array.IndexOf(columns, p.X) * Column,
            Array.IndexOf(rows, p.Y) * Row)).ToDictionary(t => t.Id);
        int width = ((columns.Length - 1) * Column) + Tile, height = ((rows.Length - 1) * Row) + Tile;
        int seenWidth = Math.Max(Width, width + (2 * Edge)), seenHeight = Math.Max(Height, height + (2 * Edge));
        return new PictureOfGraph(
            [.. tiles.Values], [.. definition.Links.Select(l => Path(tiles[l.From], tiles[l.To])).Distinct()],
            Invariant($"{(width - seenWidth) / 2} {(height - seenHeight) / 2} {seenWidth} {seenHeight}"),
            string.Join(", ", definition.Nodes.Select(n => n.Name).Prepend(StepNames.OfTrigger(definition.Trigger))));
    }

    private static PictureTile Draw(WorkflowDefinition definition, NodeCatalog catalog, string id, int x, int y)
    {
        if (definition.Node(id) is not { } node)
            return new PictureTile(
                id, x, y, StepNames.TypeOf(definition.Trigger)?.Icon ?? "bolt", StepGroupWords.Class(NodeGroup.Trigger), IsStart: true);
        var form = catalog.Form(node.Type);
        return new PictureTile(id, x, y, form?.Icon ?? "help", StepGroupWords.Class(form?.Group ?? NodeGroup.Flow), IsStart: false);
    }

    // to the right a line or a bow; what goes on in a row below goes round between the rows
    private static string Path(PictureTile from, PictureTile to)
    {
        int x = from.X + Tile, y = from.Y + (Tile / 2), toY = to.Y + (Tile / 2);
        int middle = (x + to.X) / 2, between = to.Y - ((Row - Tile) / 2);
        return to.X <= from.X ? Invariant($"M{x} {y}h8V{between}H{to.X - 8}V{toY}h8")
            : y == toY ? Invariant($"M{x} {y}H{to.X}")
            : Invariant($"M{x} {y}C{middle} {y} {middle} {toY} {to.X} {toY}");
    }
}

/// <summary>A step in a small picture.</summary>
internal sealed record PictureTile(string Id, int X, int Y, string Icon, string Group, bool IsStart);
