using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>A suite of the practice's data that runs over every kind of store.</summary>
public abstract class PracticeSuite(TestStore store) : IAsyncLifetime
{
    private readonly List<PracticeFixture> all = [];

    private protected PracticeFixture practice = null!;

    public async Task InitializeAsync() => practice = await PracticeAsync();

    public async Task DisposeAsync()
    {
        foreach (var one in all) await one.DisposeAsync();
    }

    /// <summary>A further practice, in a database of its own.</summary>
    private protected async Task<PracticeFixture> PracticeAsync(
        Engine.Model.StudioEnvironment environment = Engine.Model.StudioEnvironment.Live, bool captureUntilConnected = true)
    {
        var made = new PracticeFixture(environment, captureUntilConnected, data: await store.NewAsync());
        all.Add(made);
        return made;
    }
}
