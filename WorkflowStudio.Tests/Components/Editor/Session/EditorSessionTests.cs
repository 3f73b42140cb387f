using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor.Session;

public sealed class EditorSessionTests
{
    private static readonly Guid Id = Guid.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);
    private readonly FakeEditing stored = new(Id, Start);

    [Fact]
    public async Task Test_WithAPinnedOutput_SavesFirstAndShowsWhatCame()
    {
        stored.Draft = Flows.Of("trigger > a:echo > b:echo");
        stored.Sample = new RunSample(Guid.Empty, Start, default,
            [new StepSample("a", default, JsonElement.Parse("1"), null), new StepSample("b", default, default, null)]);
        await using var session = await Open(WorkspaceRole.Editor);
        Assert.True(Node(session.TogglePins(["a", "b", "gone"]), "a").Pinned);
        Assert.Equal(["a"], session.Pinned.Keys);
        Assert.True((await session.TestAsync(new DraftTest(JsonElement.Parse("{}"), "b") { Pinned = session.Pinned })).Ok);
        Assert.Equal(("b", "1"), (stored.Tests[0].UpTo, stored.Tests[0].Pinned["a"].GetRawText()));
        stored.Sample = stored.Sample with { RunId = Id };
        await session.RefreshSampleAsync(Id);
        Assert.Equal(Id, session.Sample!.RunId);
        Assert.False(Node(session.TogglePins(["a"]), "a").Pinned);
        Assert.Empty(session.Pinned);
    }

    [Fact]
    public async Task Open_AWorkflowThatNamesWhatIsNotThere_WarnsOfIt()
    {
        stored.Surroundings = new WorkflowSurroundings(
            [new(Id, "recall", "Recall", WorkflowStatus.Active)], new Dictionary<string, IReadOnlyList<string>>());
        stored.Draft = Flows.Of("trigger > a:echo") with { Settings = new WorkflowSettings { ErrorWorkflow = "recal" } };
        await using var session = await Open(WorkspaceRole.Editor);
        Assert.Equal("unknown_workflow", session.Document.Problems.Single(p => p.Problem.Path == "settings.error_workflow").Problem.Code);
        session.Document.ChangeSettings(s => s with { ErrorWorkflow = "recall" }, "error_workflow");
        Assert.Equal("own_error_workflow", session.Document.Problems.Single(p => p.Problem.Path == "settings.error_workflow").Problem.Code);
    }

    [Fact]
    public async Task TogglePins_NothingToPin_SaysWhy()
    {
        stored.Draft = Flows.Of("trigger > a:echo");
        await using var session = await Open(WorkspaceRole.Editor);
        Assert.StartsWith("There is no output to pin.", session.TogglePins(["a"]).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("Select a step first.", session.TogglePins(["trigger"]).Refusal, StringComparison.Ordinal);
        Assert.False(session.Document.IsDirty);
    }

    [Fact]
    public async Task TogglePins_AStepThatIsDeletedAndComesBack_IsMarkedAgain()
    {
        stored.Draft = Flows.Of("trigger > a:echo > b:echo");
        stored.Sample = new RunSample(Guid.Empty, Start, default,
            [new StepSample("a", default, JsonElement.Parse("1"), null), new StepSample("b", default, JsonElement.Parse("2"), null)]);
        await using var session = await Open(WorkspaceRole.Editor);
        session.TogglePins(["a", "b"]);
        Assert.False(session.Document.IsDirty); // a pin is not part of the workflow
        session.Document.Delete(["a"], []);
        Assert.Equal(["b"], session.Pinned.Keys);
        Assert.True(Node(session.Document.Undo(), "a").Pinned);
    }

    [Fact]
    public async Task Touch_AChange_IsSavedASecondAfterTheLastOne()
    {
        await using var session = await Open();
        session.Document.Add("set", 0, 0);
        var first = session.TouchAsync();
        Assert.Equal(SaveState.Unsaved, session.Save);
        clock.Advance(TimeSpan.FromMilliseconds(700));
        session.Document.Add("set", 0, 0);
        var second = session.TouchAsync();
        clock.Advance(TimeSpan.FromMilliseconds(700));
        await first;
        Assert.Equal(0, stored.Saves);

        clock.Advance(TimeSpan.FromMilliseconds(300));
        await second;

        Assert.Equal((1, 2, SaveState.Saved), (stored.Saves, stored.Draft.Nodes.Count, session.Save));
        Assert.Equal(Start.AddSeconds(1.7), session.SavedAt);
        Assert.Equal(["trigger", "set_values_1", "set_values_2"], stored.Editor.Nodes.Select(n => n.Id));
    }

    [Fact]
    public async Task Touch_ChangesThatWereUndone_AreCalledSavedWithoutASave()
    {
        await using var session = await Open();
        session.Document.Add("set", 0, 0);
        var pending = session.TouchAsync();
        session.Document.Undo();
        await session.TouchAsync();

        Assert.Equal(SaveState.Saved, session.Save);
        clock.Advance(EditorSession.Pause);
        await pending;
        Assert.Equal(0, stored.Saves);
    }

    [Fact]
    public async Task Save_SomebodySavedFirst_OverwritesNothingUntilAPersonDecides()
    {
        await using var session = await Open();
        session.Document.Add("set", 0, 0);
        stored.Revision = 5;

        Assert.False(await session.SaveAsync());
        Assert.False(await session.SaveAsync());
        await session.TouchAsync();

        Assert.Equal((SaveState.Conflict, "Priya saved this workflow.", 0), (session.Save, session.SaveProblem, stored.Saves));
        Assert.Equal(DateTimeOffset.UnixEpoch, session.SavedMeanwhile);
        Assert.Equal("Decide first what happens to your changes.", session.WhyNotPublish);
    }

    [Fact]
    public async Task Open_AfterAConflict_TakesTheirs()
    {
        await using var session = await Open();
        session.Document.Add("set", 0, 0);
        stored.Revision = 5;
        await session.SaveAsync();

        Assert.Null(await session.OpenAsync());

        Assert.Empty(session.Document.Definition.Nodes);
        session.Document.Add("set", 0, 0);
        Assert.True(await session.SaveAsync());
        Assert.Equal(6, stored.Revision);
    }

    [Fact]
    public async Task KeepAsCopy_AfterAConflict_StoresMineElsewhere()
    {
        await using var session = await Open();
        session.Document.Add("set", 0, 0);
        stored.Revision = 5;
        await session.SaveAsync();

        Assert.True((await session.KeepAsCopyAsync()).Ok);

        Assert.Equal(["My changes to Recall: set_values_1"], stored.Copies);
        Assert.Equal((5, 0), (stored.Revision, stored.Saves));
    }

    [Fact]
    public async Task Save_ThatFails_IsTriedAgainWithTheNextChange()
    {
        await using var session = await Open();
        session.Document.Add("set", 0, 0);
        stored.Refusal = new OperationProblem.NotFound("workflow");
        Assert.False(await session.SaveAsync());
        Assert.Equal((SaveState.Failed, "There is no workflow with this id."), (session.Save, session.SaveProblem));
        stored.Refusal = null;

        Assert.True(await session.SaveAsync());

        Assert.Equal((SaveState.Saved, null), (session.Save, session.SaveProblem));
    }

    [Fact]
    public async Task Publish_AnUnsavedDraft_SavesItFirst()
    {
        await using var session = await Open();
        AddFilled(session);

        var published = await session.PublishAsync();

        Assert.Equal((1, 1, 0), (published.Value, stored.Published!.Nodes.Count, session.Document.Changes));
        Assert.Equal("There is nothing new to publish.", session.WhyNotPublish);
    }

    [Fact]
    public async Task WhyNotPublish_AnError_SaysSo()
    {
        await using var session = await Open();
        AddFilled(session);
        Assert.Null(session.WhyNotPublish);

        session.Document.ChangeConfig("set_values_1", default, "values");

        Assert.Equal("Publishing waits for 1 error", session.WhyNotPublish);
    }

    [Fact]
    public async Task Dispose_WithChanges_SavesThem()
    {
        await using (var session = await Open()) session.Document.Add("set", 0, 0);

        Assert.Equal(1, stored.Saves);
    }

    [Fact]
    public async Task Touch_ByAViewer_SavesNothing()
    {
        await using var session = await Open(WorkspaceRole.Viewer);
        session.Document.Add("set", 0, 0);

        await session.TouchAsync();
        await session.SaveAsync();

        Assert.False(session.MayEdit);
        Assert.Equal("Your role may not publish.", session.WhyNotPublish);
        Assert.Equal(0, stored.Saves);
    }

    [Fact]
    public async Task Open_AnUnknownWorkflow_AnswersTheProblem()
    {
        await using var session = new EditorSession(stored, Catalog(), Caller(WorkspaceRole.Owner), Guid.Empty, clock);

        Assert.Equal("There is no workflow with this id.", (await session.OpenAsync())!.Message);
    }

    [Fact]
    public async Task Hear_SomethingTyped_IsNotSavedFromThatMomentOn()
    {
        await using var session = await Open();
        var covered = new List<int>();
        session.Covered += covered.Add;

        var heard = session.HearAsync(1);
        Assert.Equal(SaveState.Unsaved, session.Save);
        Assert.Empty(covered);
        clock.Advance(EditorSession.Pause);
        await heard;

        Assert.Equal(SaveState.Saved, session.Save); // it came to nothing new
        Assert.Equal([1], covered);
    }

    [Fact]
    public async Task Save_WhatCameMeanwhile_IsNotCovered()
    {
        await using var session = await Open();
        var covered = new List<int>();
        session.Covered += covered.Add;
        _ = session.HearAsync(1);
        session.Document.Add("set", 0, 0);
        stored.WhileSaving = () => _ = session.HearAsync(2);

        await session.SaveAsync();

        Assert.Equal([1], covered);
        Assert.Equal(SaveState.Unsaved, session.Save);
    }

    [Fact]
    public async Task Save_WithTextsThatFieldsHoldBack_AsksForThemFirst()
    {
        await using var session = await Open();
        using var field = session.Typed.Add(() =>
        {
            session.Document.Add("set", 0, 0);
            return Task.CompletedTask;
        });

        await session.SaveAsync();

        Assert.Single(stored.Draft.Nodes);
    }

    [Fact]
    public async Task Dispose_WithTextsThatFieldsHoldBack_SavesThem()
    {
        await using (var session = await Open())
        {
            session.Typed.Add(() =>
            {
                session.Document.Add("set", 0, 0);
                return Task.CompletedTask;
            });
        }

        Assert.Single(stored.Draft.Nodes);
    }

    [Fact]
    public async Task KeepUnread_ATextThatCannotBeRead_IsAnErrorThatSurvivesAReload()
    {
        await using (var session = await Open())
        {
            AddFilled(session);
            session.Document.KeepUnread("set_values_1", "values.greeting", "{", "greeting: Line 1 cannot be read.");
            Assert.Equal("Publishing waits for 1 error", session.WhyNotPublish);
        }

        await using var again = await Open();

        var problem = Assert.Single(again.Document.Problems, p => p.IsError);
        Assert.Equal(("set_values_1", "values.greeting", "greeting: Line 1 cannot be read."),
            (problem.StepId, problem.Setting, problem.Problem.Message));
        Assert.Equal("{", again.Document.Unread.Single().Text);
        again.Document.KeepUnread("set_values_1", "values.greeting", null);
        Assert.Null(again.WhyNotPublish);
        again.Document.Undo();
        Assert.Equal("{", again.Document.Unread.Single().Text);
    }

    [Fact]
    public async Task KeepUnread_OfAStepThatIsDeleted_GoesAndComesBackWithIt()
    {
        await using var session = await Open();
        AddFilled(session);
        session.Document.KeepUnread("set_values_1", "values.greeting", "{", "why");

        session.Document.Delete(["set_values_1"], []);
        Assert.Empty(session.Document.Unread);
        session.Document.Undo();
        Assert.Single(session.Document.Unread);
    }

    [Fact]
    public async Task StillUnsaved_WhatIsStoredAfterAll_IsNotOffered()
    {
        await using var session = await Open();
        AddFilled(session);
        KeptEdit[] kept =
        [
            new("a", "set_values_1", Field: "f", Setting: "values.greeting", Text: "Hello"),
            new("b", "set_values_1", Field: "f", Setting: "values.greeting", Text: "Hello, Ana"),
            new("c", Move: "trigger", X: 0, Y: 0), new("d", Move: "trigger", X: 16, Y: 0),
            new("e", "set_values_1", Field: "rules-tries", Text: "3", By: "gone", N: 7),
            new("f", "set_values_1", Field: "rules-tries", Text: "3", By: "gone", N: 8),
            new("g", "set_values_1", Field: "rules-tries", Text: "3", By: "gone", N: 7, Open: true),
            new("h", "", Field: "rules-max", Text: "3", By: "other", N: 1),
        ];
        var told = new StoredEdits();
        told.Note("gone", 7);

        Assert.Equal(["b", "d", "f", "g", "h"], UnsavedEdits.StillUnsaved(session.Document, told, kept).Select(e => e.Place));
    }

    private static void AddFilled(EditorSession session)
    {
        session.Document.AddAfter("set", "trigger", null, 0, 0);
        session.Document.ChangeConfig("set_values_1", JsonElement.Parse("""{"values":{"greeting":"Hello"}}"""), "config");
    }

    private static NodeCatalog Catalog() => new([new SetNode()]);

    private static Caller Caller(WorkspaceRole role) =>
        new() { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live), Name = "Dana", Role = role };

    private static CanvasNode Node(EditOutcome outcome, string id) => outcome.Patch!.UpsertNodes!.Single(n => n.Id == id);

    private async Task<EditorSession> Open(WorkspaceRole role = WorkspaceRole.Owner)
    {
        var session = new EditorSession(stored, Catalog(), Caller(role), Id, clock);
        Assert.Null(await session.OpenAsync());
        return session;
    }
}
