using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor.Session;

/// <summary>
/// The editor while the database is away or full: nothing throws, everything is said, and what is not saved is saved later.
/// </summary>
public sealed class StoreAwayTests
{
    private const string Full = "The database cannot be written: the disk is full.";
    private static readonly Guid Id = Guid.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);
    private readonly FakeEditing stored = new(Id, Start);

    [Fact]
    public async Task Save_WhileTheDiskIsFull_FailsWithWordsAndIsTriedAgainUntilThereIsRoom()
    {
        await using var session = await OpenAsync();
        session.Document.Add("set", 0, 0);
        stored.Fault = new StoreUnwritableException(StoreFault.DiskFull, new IOException());
        Assert.False(await session.SaveAsync());
        Assert.Equal((SaveState.Failed, Full), (session.Save, session.SaveProblem));

        await TryAgainAsync(session, SaveState.Failed);
        stored.Fault = null;
        await TryAgainAsync(session, SaveState.Saved);

        Assert.Equal((1, null), (stored.Saves, session.SaveProblem));
        Assert.Single(stored.Draft.Nodes);
    }

    [Fact]
    public async Task EverythingElse_WhileTheDatabaseIsAway_AnswersWhy()
    {
        await using var session = await OpenAsync();
        stored.Fault = new StoreAwayException("The database cannot be reached.", new IOException());

        Assert.Equal("The database cannot be reached.", (await session.PublishAsync()).Problem!.Message);
        Assert.Equal("The database cannot be reached.", (await session.StartAsync(default)).Problem!.Message);
        Assert.Equal("The database cannot be reached.", (await session.TestAsync(new DraftTest(JsonElement.Parse("{}")))).Problem!.Message);
        Assert.Equal("The database cannot be reached.", (await session.RenameAsync("Other"))!.Message);
        Assert.Equal("The database cannot be reached.", (await session.KeepAsCopyAsync()).Problem!.Message);
        await session.DiscardUntouchedAsync();
        Assert.False(stored.Discarded);
    }

    [Fact]
    public async Task Dispose_WhileTheDiskIsFull_EndsQuietlyAndCoversNothing()
    {
        var session = await OpenAsync();
        var covered = new List<int>();
        _ = session.HearAsync(1);
        session.Document.Add("set", 0, 0);
        session.Covered += covered.Add;
        stored.Fault = new StoreUnwritableException(StoreFault.DiskFull, new IOException());

        await session.DisposeAsync();

        Assert.Empty(covered); // so that the browser keeps it and offers it again
    }

    private async Task TryAgainAsync(EditorSession session, SaveState expected)
    {
        var done = new TaskCompletionSource();
        void Look()
        {
            if (session.Save == expected) done.TrySetResult();
        }

        session.Changed += Look;
        clock.Advance(EditorSession.RetryPause);
        await done.Task.WaitAsync(TimeSpan.FromMinutes(1));
        session.Changed -= Look;
    }

    private async Task<EditorSession> OpenAsync()
    {
        var caller = new Caller { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live), Name = "Dana", Role = WorkspaceRole.Owner };
        var session = new EditorSession(stored, new NodeCatalog([new SetNode()]), caller, Id, clock);
        Assert.Null(await session.OpenAsync());
        return session;
    }
}
