using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Practice.Forms;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Practice;

/// <summary>The pages on which forms are made.</summary>
public sealed class FormEditorTests : MudContext
{
    private readonly PracticeFixture practice = new();
    private readonly Ways ways;
    private WorkspaceRole role = WorkspaceRole.Owner;

    public FormEditorTests() => ways = new(practice);

    protected override void Dispose(bool disposing)
    {
        if (disposing) practice.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task List_ShowsWhatIsOpenAndWhatCame_AndMakesANewOne()
    {
        var form = await practice.OpenFormAsync("<b>Intake</b>");
        await practice.SendAsync(form, "page");
        var list = List();
        Assert.Equal("<b>Intake</b>", list.Find("a.ws-row-link").TextContent);
        Assert.Contains("Open", list.Find("tbody").TextContent, StringComparison.Ordinal);
        await list.FindAll("button").First(b => b.TextContent.Contains("New form", StringComparison.Ordinal)).ClickAsync(new());
        var made = (await practice.FormPages.PageAsync(practice.Tenant, new FormFilter(IsOpen: false), 0, 10, default)).Items.Single();
        Assert.EndsWith($"/studio/forms/{made.Form.Id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builder_ChangesAForm_AndSaysWhatIsWrongWhereItIs()
    {
        var page = Page(await practice.OpenFormAsync());
        await page.Find("#form-name").ChangeAsync(new ChangeEventArgs { Value = "" });
        await Button(page, "Phone").ClickAsync(new());
        await page.Find("#form-field-8-key").ChangeAsync(new ChangeEventArgs { Value = "Not a key" });
        await Button(page, "Save").ClickAsync(new());
        Assert.Contains("Name is missing.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("A key has small letters", page.Find("#form-field-8-key-note").TextContent, StringComparison.Ordinal);
        Assert.Equal("Not a key", page.Find("#form-field-8-key").GetAttribute("value"));
        Assert.Equal("Intake", (await StoredAsync()).Content.Name);

        await page.Find("#form-name").ChangeAsync(new ChangeEventArgs { Value = "New patients" });
        await page.Find("#form-field-8-key").ChangeAsync(new ChangeEventArgs { Value = "second_phone" });
        await page.FindAll("button[aria-label='Move Phone up']")[^1].ClickAsync(new());
        await Button(page, "Close the form").ClickAsync(new());
        var stored = (await StoredAsync()).Content;
        Assert.Equal(("New patients", FormStatus.Closed, "second_phone"), (stored.Name, stored.Status, stored.Fields[^2].Key));
        Assert.Equal("New patients", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task Builder_OfAFormThatSomebodyElseHasChanged_SaysSo_AndLosesNothing()
    {
        var form = await practice.OpenFormAsync();
        var page = Page(form);
        await practice.FormStore.ChangeAsync(practice.Tenant, form.Id, null, c => c with { Title = "Theirs" }, default);
        await page.Find("#form-title").ChangeAsync(new ChangeEventArgs { Value = "Mine" });
        await Button(page, "Save").ClickAsync(new());
        Assert.Contains("Somebody else has changed this form meanwhile", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Mine", page.Find("#form-title").GetAttribute("value"));
        Assert.Equal("Theirs", (await StoredAsync()).Content.Title);
        await Button(page, "Save mine over it").ClickAsync(new());
        Assert.Equal("Mine", (await StoredAsync()).Content.Title);
        Assert.DoesNotContain("Somebody else", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builder_WhileTheDatabaseIsAway_KeepsWhatWasTyped()
    {
        var page = Page(await practice.OpenFormAsync());
        await page.Find("#form-title").ChangeAsync(new ChangeEventArgs { Value = "Mine" });
        ways.IsAway = true;
        Services.GetRequiredService<NavigationManager>().NavigateTo("?view=submissions");
        page.WaitForAssertion(() => Assert.Contains("Try again", page.Markup, StringComparison.Ordinal), EngineHarness.Patience);
        ways.IsAway = false;
        await Button(page, "Try again").ClickAsync(new());
        Services.GetRequiredService<NavigationManager>().NavigateTo("?");
        page.WaitForAssertion(() => Assert.Equal("Mine", page.Find("#form-title").GetAttribute("value")), EngineHarness.Patience);
    }

    [Fact]
    public async Task Builder_WhileItIsSaved_KeepsWhatIsTypedThen()
    {
        var page = Page(await practice.OpenFormAsync());
        await page.Find("#form-title").ChangeAsync(new ChangeEventArgs { Value = "First" });
        var held = ways.Hold();
        var saved = Button(page, "Save").ClickAsync(new());
        await page.Find("#form-title").ChangeAsync(new ChangeEventArgs { Value = "Second" });
        held.SetResult();
        await saved;
        Assert.Equal("First", (await StoredAsync()).Content.Title);
        Assert.Equal("Second", page.Find("#form-title").GetAttribute("value"));
        await Button(page, "Save").ClickAsync(new());
        Assert.Equal("Second", (await StoredAsync()).Content.Title);
        Assert.DoesNotContain("Somebody else", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_ThatSomebodyElseHasChanged_IsClosedWithMine_AsWasAskedFor()
    {
        var form = await practice.OpenFormAsync();
        var page = Page(form);
        await practice.FormStore.ChangeAsync(practice.Tenant, form.Id, null, c => c with { Title = "Theirs" }, default);
        await Button(page, "Close the form").ClickAsync(new());
        Assert.Equal(FormStatus.Open, (await StoredAsync()).Content.Status);
        await Button(page, "Save mine over it").ClickAsync(new());
        Assert.Equal(FormStatus.Closed, (await StoredAsync()).Content.Status);
    }

    [Fact]
    public async Task Form_ThatSomebodyElseHasClosed_StaysClosed_WhenMineIsSavedOverIt()
    {
        var form = await practice.OpenFormAsync();
        var page = Page(form);
        await practice.FormStore.ChangeAsync(practice.Tenant, form.Id, null, c => c with { Status = FormStatus.Closed }, default);
        await page.Find("#form-title").ChangeAsync(new ChangeEventArgs { Value = "Mine" });
        await Button(page, "Save").ClickAsync(new());
        await Button(page, "Save mine over it").ClickAsync(new());
        var stored = (await StoredAsync()).Content;
        Assert.Equal(("Mine", FormStatus.Closed), (stored.Title, stored.Status));
    }

    [Fact]
    public async Task Form_WhoseDraftIsWrong_IsClosed_AndTheDraftStays()
    {
        var page = Page(await practice.OpenFormAsync());
        await page.Find("#form-name").ChangeAsync(new ChangeEventArgs { Value = "" });
        await page.Find("#form-title").ChangeAsync(new ChangeEventArgs { Value = "Mine" });
        await Button(page, "Close the form").ClickAsync(new());
        var stored = (await StoredAsync()).Content;
        Assert.Equal(("Intake", "", FormStatus.Closed), (stored.Name, stored.Title, stored.Status));
        Assert.Equal(("", "Mine"), (page.Find("#form-name").GetAttribute("value"), page.Find("#form-title").GetAttribute("value")));
        await Button(page, "Open the form").ClickAsync(new());
        Assert.Equal(FormStatus.Closed, (await StoredAsync()).Content.Status);
        await page.Find("#form-name").ChangeAsync(new ChangeEventArgs { Value = "Intake" });
        await Button(page, "Save").ClickAsync(new());
        Assert.Equal("Mine", (await StoredAsync()).Content.Title);
    }

    [Fact]
    public async Task Viewer_MayLookAndChangesNothing()
    {
        role = WorkspaceRole.Viewer;
        var page = Page(await practice.OpenFormAsync());
        Assert.True(page.Find("#form-name").HasAttribute("disabled"));
        Assert.DoesNotContain(page.FindAll("button"), b => Said(b) is "Save" or "Remove" or "Close the form" or "Text");
    }

    [Fact]
    public async Task Submissions_AreShownAsText()
    {
        var form = await practice.OpenFormAsync();
        await practice.SendAsync(form, "page", ("message", "<script>alert(1)</script>\nTwo"));
        Register();
        Services.GetRequiredService<NavigationManager>().NavigateTo("?view=submissions");
        var page = Page(form);
        page.WaitForAssertion(() => Assert.Contains("<script>alert(1)</script> Two",
            page.FindAll("tbody td").Select(c => c.TextContent.Trim())), EngineHarness.Patience);
    }

    [Theory]
    [InlineData("?view=submissions&submission={0}")]
    [InlineData("?view=submissions&page=2&submission={0}")]
    [InlineData("?view=submissions&page=99&submission={0}")]
    public async Task Address_OfASubmission_OpensItWhereverItStandsInTheList(string address)
    {
        var form = await practice.OpenFormAsync();
        var sent = await practice.SendAsync(form, "first", ("message", "The very first"));
        for (var i = 0; i < 51; i++) await practice.SendAsync(form, $"page {i}");
        Register();
        var (dialogs, navigation) = (Render<MudDialogProvider>(), Services.GetRequiredService<NavigationManager>());
        navigation.NavigateTo(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, sent));
        Page(form);
        dialogs.WaitForAssertion(() => Assert.Contains(
            dialogs.FindAll("dd"), d => d.TextContent == "The very first"), EngineHarness.Patience);
        await dialogs.FindAll("button").First(b => b.TextContent == "Close").ClickAsync(new());
        dialogs.WaitForAssertion(
            () => Assert.DoesNotContain("submission=", navigation.Uri, StringComparison.Ordinal), EngineHarness.Patience);
    }

    [Fact]
    public async Task Address_OfASubmissionOfAnotherFormOrNone_SaysThatThereIsNone()
    {
        var (form, other) = (await practice.OpenFormAsync(), await practice.OpenFormAsync("Other"));
        await practice.SendAsync(form, "page");
        var foreign = await practice.SendAsync(other, "page of the other", ("message", "Not of this form"));
        Register();
        var (dialogs, navigation) = (Render<MudDialogProvider>(), Services.GetRequiredService<NavigationManager>());
        var page = Page(form);
        foreach (var (said, id) in new[] { (1, foreign), (2, NewIds.Next()) })
        {
            navigation.NavigateTo($"?view=submissions&submission={id}");
            page.WaitForAssertion(
                () => Assert.DoesNotContain("submission=", navigation.Uri, StringComparison.Ordinal), EngineHarness.Patience);
            Assert.Empty(dialogs.FindAll("dd"));
            Assert.Equal(said, Services.GetRequiredService<ISnackbar>().ShownSnackbars.Count(
                s => s.Message == "There is no submission with this id."));
        }
    }

    [Fact]
    public void Form_ThatIsNotThere_IsSaidToBeNone() =>
        Assert.Contains("There is no form with this id.", Page(null).Markup, StringComparison.Ordinal);

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<FormEditor> page, string text) =>
        page.FindAll("button").First(b => Said(b) == text);

    // without the symbol
    private static string Said(AngleSharp.Dom.IElement button) =>
        string.Concat(button.ChildNodes.Where(n => n.NodeType == AngleSharp.Dom.NodeType.Text).Select(n => n.TextContent)).Trim();

    private async Task<Form> StoredAsync() =>
        (await practice.FormPages.PageAsync(practice.Tenant, new FormFilter(), 0, 10, default)).Items.Single().Form;

    private IRenderedComponent<FormList> List()
    {
        Register();
        var list = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, Session()).AddChildContent<FormList>())
            .FindComponent<FormList>();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".ws-skeleton")), EngineHarness.Patience);
        return list;
    }

    private IRenderedComponent<FormEditor> Page(OpenForm? form)
    {
        Register();
        var page = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, Session())
            .AddChildContent<FormEditor>(e => e.Add(f => f.Id, (form?.Id ?? NewIds.Next()).ToString()))).FindComponent<FormEditor>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ws-skeleton")), EngineHarness.Patience);
        return page;
    }

    // what it starts is asked by nobody here: nobody sees a workflow
    private void Register()
    {
        if (Services.Any(s => s.ServiceType == typeof(ReadForms))) return;
        Services.AddSingleton<TimeProvider>(practice.Clock).AddSingleton(new LiveUpdates(null!, practice.Clock))
            .AddSingleton(ways.Pages).AddSingleton(ways.Store).AddSingleton<ChangeForms>().AddSingleton<ExportSubmissions>()
            .AddScoped<BrowserStore>().AddSingleton(new ReadForms(ways.Pages, null!, null!));
    }

    private StudioSession Session() => new(
        new Caller
        {
            Tenant = practice.Tenant, Name = "Dana",
            Roles = [new HeldRole { Name = "Front desk", MadeId = NewIds.Next(), Permissions = HeldRole.Of(role).Permissions.Without(
                Permissions.Of(Permission.ViewWorkflows, Permission.ViewRuns)) }],
        },
        new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", practice.Clock));

    /// <summary>The ways to the database, which may be away, or take long to write.</summary>
    private sealed class Ways(PracticeFixture practice) : IDbContextFactory<StudioDbContext>, IStudioWriter
    {
        private Task until = Task.CompletedTask;

        public bool IsAway { get; set; }

        public FormQueries Pages => new(this, practice.Clock, practice.Address);

        public FormStore Store => new(this, practice.Ids, practice.Clock, practice.Events, practice.Address);

        public StudioDbContext CreateDbContext() =>
            IsAway ? throw new StoreAwayException("The database cannot be reached.", new IOException()) : practice.CreateDbContext();

        /// <summary>Writes nothing until it is told to go on.</summary>
        public TaskCompletionSource Hold()
        {
            var held = new TaskCompletionSource();
            until = held.Task;
            return held;
        }

        public async Task<T> WriteAsync<T>(Func<StudioWrite, T> work, CancellationToken cancellationToken = default)
        {
            await until;
            return await practice.Writer.WriteAsync(work, cancellationToken);
        }

        public Task<T> WriteAsync<T>(Guid workspaceId, Func<StudioWrite, T> work, CancellationToken cancellationToken = default) =>
            WriteAsync(work, cancellationToken);
    }
}
