namespace WorkflowStudio.Components.Editor.Session;

/// <summary>
/// Fields that report what is typed only after a pause. Whoever saves, runs or leaves asks them to report first, so that the last letters
/// are never missing.
/// </summary>
public sealed class TypedTexts
{
    private readonly List<Func<Task>> fields = [];

    /// <summary>A field has come; dispose the result when it goes.</summary>
    public IDisposable Add(Func<Task> report)
    {
        fields.Add(report);
        return new Gone(() => fields.Remove(report));
    }

    /// <summary>Lets every field report what it holds back.</summary>
    public async Task ReportAsync()
    {
        foreach (var report in fields.ToArray()) await report();
    }

    private sealed class Gone(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
