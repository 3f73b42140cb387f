namespace WorkflowStudio.Hosting.Commands;

/// <summary>What <c>doctor</c> says: lines with a name in front, and at the end what will fail.</summary>
internal sealed class DoctorReport(TextWriter output)
{
    private const int NameWidth = 14;

    private readonly List<string> warnings = [];

    /// <summary>Says something.</summary>
    public Task LineAsync(string name, string text) => output.WriteLineAsync(name.PadRight(NameWidth) + text);

    /// <summary>Keeps a warning for the end: what will fail, and what to do.</summary>
    public void Warn(string warning) => warnings.Add(warning);

    /// <summary>Says the warnings.</summary>
    public async Task WriteWarningsAsync()
    {
        if (warnings.Count == 0) await LineAsync("Warnings", "none");
        foreach (var warning in warnings) await LineAsync("Warning", warning);
    }
}
