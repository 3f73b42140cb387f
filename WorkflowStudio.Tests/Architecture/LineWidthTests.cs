namespace WorkflowStudio.Tests.Architecture;

public sealed class LineWidthTests
{
    private const int Widest = 140;

    [Fact]
    public void Lines_HaveAtMost140Columns()
    {
        Assert.Empty(SourceFiles.All.SelectMany(f => Wide(File.ReadLines(f.Path)).Select(number => $"{f.Name}:{number}")));
    }

    [Theory]
    [InlineData(140, false, 0)]
    [InlineData(141, false, 1)]
    [InlineData(141, true, 0)]
    public void Line_OverTheWidth_IsFoundUnlessItHoldsARawString(int columns, bool raw, int found)
    {
        var line = raw ? "\"\"\"" + new string('é', columns - 6) + "\"\"\"" : new string('é', columns);
        Assert.Equal(found, Wide([line]).Count());
        Assert.Equal(found, Wide(["var text = \"\"\"", new string('a', 200), "    \"\"\";", line]).Count());
    }

    // what a raw string holds is data, which has no other lines than its own
    private static IEnumerable<int> Wide(IEnumerable<string> lines)
    {
        var (number, inside) = (0, false);
        foreach (var line in lines)
        {
            number++;
            var marks = line.Split("\"\"\"").Length - 1;
            if (line.EnumerateRunes().Count() > Widest && !inside && marks == 0) yield return number;
            inside = inside ? !line.TrimStart().StartsWith("\"\"\"", StringComparison.Ordinal)
                : marks % 2 == 1 && line.EndsWith("\"\"\"", StringComparison.Ordinal);
        }
    }
}
