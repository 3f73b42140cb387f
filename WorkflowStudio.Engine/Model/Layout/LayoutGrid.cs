namespace WorkflowStudio.Engine.Model.Layout;

/// <summary>
/// The measures of the canvas, in pixels at zoom 1 (docs/decisions.md, "Canvas"). The canvas itself has the same numbers.
/// </summary>
public static class LayoutGrid
{
    /// <summary>Everything stands on a grid of this size.</summary>
    public const int Size = 16;

    /// <summary>The distance of the upper left corners of a step and the next one.</summary>
    public const int Step = 224;

    /// <summary>The distance of two rows.</summary>
    public const int Row = 128;

    /// <summary>What is left free, beside the distance of two rows, where a long layout goes on below: the links run there.</summary>
    public const int RowGap = 32;

    /// <summary>The width of a step.</summary>
    public const int NodeWidth = 160;

    private const int NodeHeight = 80;
    private const int PortGap = 32;

    /// <summary>The height of a step: 80, from two outputs on 32 for each and 32 more.</summary>
    public static int HeightOf(int outputs) => outputs > 1 ? (PortGap * outputs) + PortGap : NodeHeight;

    /// <summary>How many rows a step takes, so that 32 px stay free below it.</summary>
    public static int RowsOf(int outputs) => (HeightOf(outputs) + PortGap + Row - 1) / Row;

    /// <summary>The nearest place on the grid.</summary>
    public static double Snap(double value) => Math.Round(value / Size, MidpointRounding.AwayFromZero) * Size;

    /// <summary>The nearest place at or below (x, y) where a step overlaps no other and keeps 32 px of distance above and below.</summary>
    public static (double X, double Y) FreePlace(IEnumerable<LayoutBox> taken, double x, double y, int height = NodeHeight)
    {
        const int Gap = PortGap;
        (x, y) = (Snap(x), Snap(y));
        foreach (var box in taken.Where(b => b.X < x + NodeWidth && x < b.X + NodeWidth).OrderBy(b => b.Y))
        {
            if (box.Y < y + height + Gap && y < box.Y + box.Height + Gap) y = Math.Ceiling((box.Y + box.Height + Gap) / Size) * Size;
        }
        return (x, y);
    }
}

/// <summary>The place that a step takes on the canvas.</summary>
public readonly record struct LayoutBox(double X, double Y, int Height);
