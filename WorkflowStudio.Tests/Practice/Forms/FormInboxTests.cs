using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Forms;

public abstract class FormInboxTests(TestStore store) : PracticeSuite(store)
{
    [Fact]
    public async Task Submission_IsKeptWithItsContact_AndStartsWhatListens()
    {
        var workflow = Listen("form.submitted");
        var form = await practice.OpenFormAsync();
        var id = await practice.SendAsync(form, "page", ("email", " MARIA@example.test "), ("mobile", "713 555 0142"),
            ("message", "Hello\r\n“you” 😀"), ("age", "1,450.5"), ("day", "2027-01-15"), ("plan", "gold"), ("consent", "true"),
            ("unasked", "x"));

        var sent = (await practice.FormPages.SubmissionAsync(practice.Tenant, id, default))!;
        Assert.Equal(
            """
            {"first_name":"Maria","email":"maria@example.test","mobile":"+17135550142","message":"Hello\n“you” \uD83D\uDE00",
            "age":1450.5,"day":"2027-01-15","plan":"Gold","consent":true}
            """.ReplaceLineEndings(""),
            sent.Values.GetRawText());
        var contact = (await practice.Contacts.FindAsync(practice.Tenant, sent.ContactId!.Value, default))!;
        Assert.Equal(("Maria", "maria@example.test", "+17135550142"), (contact.FirstName, contact.Email, contact.Phone));
        var start = Assert.Single(practice.Writer.Starts);
        var payload = Payload(start);
        Assert.Equal((workflow, form.Id.ToString(), "Intake", "maria@example.test", "Gold", 1450.5m, "+17135550142", id.ToString()),
            (start.Run.WorkflowId, payload.GetProperty("form_id").GetString(), payload.GetProperty("form_name").GetString(),
                payload.GetProperty("email").GetString(), payload.GetProperty("plan").GetString(),
                payload.GetProperty("values").GetProperty("age").GetDecimal(), payload.GetProperty("phone").GetString(),
                payload.GetProperty("submission_id").GetString()));
        using var db = practice.CreateDbContext();
        var row = await db.Set<FormRunRow>().SingleAsync();
        Assert.Equal((start.Run.RunId, id), (row.RunId, row.SubmissionId));
    }

    [Fact]
    public async Task Submission_SentTwiceFromOnePage_IsKeptOnce_AndWithOtherWordsRefused()
    {
        Listen("form.submitted");
        var form = await practice.OpenFormAsync();
        var first = await practice.SendAsync(form, "page", ("message", "Hello"));
        Assert.Equal(first, await practice.SendAsync(form, "page", ("message", "Hello")));
        Assert.IsType<FormReception.SentBefore>(await practice.Inbox.TakeAsync(
            form, "page", new Dictionary<string, string> { ["first_name"] = "Maria", ["message"] = "Goodbye" }, default));
        Assert.NotEqual(first, await practice.SendAsync(form, "another page", ("message", "Hello")));
        Assert.Equal(2, practice.Writer.Starts.Count);
        Assert.Equal(2, (await practice.FormPages.SubmissionsAsync(practice.Tenant, new SubmissionFilter(), 0, 10, default)).Total);
    }

    [Fact]
    public async Task Submission_WithoutAWayToReachAnybody_NamesNobody()
    {
        var form = await practice.OpenFormAsync();
        var id = await practice.SendAsync(form, "page");
        Assert.Null((await practice.FormPages.SubmissionAsync(practice.Tenant, id, default))!.ContactId);
        using var db = practice.CreateDbContext();
        Assert.Empty(await db.Set<Engine.Practice.Contacts.ContactRow>().ToListAsync());
    }

    [Fact]
    public async Task Form_ThatIsClosedExpiredOrGone_TakesNothing()
    {
        var form = await practice.OpenFormAsync(content: FormsOfPractice.All with { ClosesAt = practice.Clock.GetUtcNow().AddHours(1) });
        Assert.True(form.IsOpen);
        practice.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<FormReception.Closed>(await TakeAsync(form));
        await practice.FormStore.ChangeAsync(practice.Tenant, form.Id, null, c => c with { ClosesAt = null }, default);
        await practice.SendAsync(form, "open again");
        await practice.FormStore.ChangeAsync(practice.Tenant, form.Id, null, c => c with { Status = FormStatus.Closed }, default);
        Assert.IsType<FormReception.Closed>(await TakeAsync(form));
        // what was sent before is known after it, too
        await practice.SendAsync(form, "open again");
        await practice.FormStore.RemoveAsync(practice.Tenant, form.Id, true, default);
        Assert.IsType<FormReception.Closed>(await TakeAsync(form));
    }

    [Fact]
    public async Task Form_ThatMuchWasSentBy_IsRemovedInPieces_AndNothingOfAnother()
    {
        var (form, other) = (await practice.OpenFormAsync(), await practice.OpenFormAsync("Other"));
        await practice.SendAsync(other, "page");
        await practice.Writer.WriteAsync(w =>
        {
            for (var i = 0; i < (2 * FormStore.PieceLength) + 7; i++)
                w.Db.Add(new FormSubmissionRow
                {
                    Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment,
                    FormId = form.Id, Values = "{}", CreatedAt = practice.Clock.GetUtcNow(),
                });
            return 0;
        });
        practice.Listen(KnownEvents.FormUpdated);
        var commits = practice.Writer.Commits;
        Assert.Equal(207, Assert.IsType<FormOutcome.Used>(
            await practice.FormStore.RemoveAsync(practice.Tenant, form.Id, false, default)).Submissions);
        Assert.IsType<FormOutcome.Done>(await practice.FormStore.RemoveAsync(practice.Tenant, form.Id, true, default));
        Assert.Equal(4, practice.Writer.Commits - commits);
        Assert.Equal([KnownEvents.FormUpdated], practice.Told()); // it was closed with the first piece
        Assert.Null(await practice.FormPages.FindAsync(practice.Tenant, form.Id, default));
        var left = await practice.FormPages.SubmissionsAsync(practice.Tenant, new SubmissionFilter(), 0, 10, default);
        Assert.Equal((1, other.Id), (left.Total, left.Items[0].FormId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("'; drop table forms --")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Address_ThatIsNone_IsUnknown(string token)
    {
        await practice.OpenFormAsync();
        Assert.Null(await practice.Inbox.FindAsync(token, default));
    }

    [Fact]
    public async Task Change_OfAnOldRevision_IsRefusedAndWritesNothing()
    {
        var form = await practice.OpenFormAsync();
        Assert.IsType<FormOutcome.Done>(await practice.FormStore.ChangeAsync(
            practice.Tenant, form.Id, 1, c => c with { Title = "First" }, default));
        var stale = Assert.IsType<FormOutcome.Stale>(await practice.FormStore.ChangeAsync(
            practice.Tenant, form.Id, 1, c => c with { Title = "Second" }, default));
        Assert.Equal(("First", 2), (stale.Present.Content.Title, stale.Present.Revision));
        // nothing to change is no change
        Assert.Equal(2, Assert.IsType<FormOutcome.Done>(await practice.FormStore.ChangeAsync(
            practice.Tenant, form.Id, 2, c => c, default)).Form.Revision);
    }

    [Fact]
    public async Task Form_MadeChangedAndSent_TellsOfEach()
    {
        Listen("form.created");
        Listen("form.updated");
        var form = await practice.OpenFormAsync();
        await practice.FormStore.ChangeAsync(practice.Tenant, form.Id, null, c => c with { Name = "Other" }, default);
        Assert.Equal(["Intake", "Other"],
            practice.Writer.Starts.Select(s => Payload(s).GetProperty("form_name").GetString()));
    }

    [Fact]
    public async Task Form_OfAnotherWorkspace_IsNotThere()
    {
        var form = await practice.OpenFormAsync();
        await practice.SendAsync(form, "page");
        var foreign = new Tenant(NewIds.Next(), practice.Tenant.Environment);
        Assert.Null(await practice.FormPages.FindAsync(foreign, form.Id, default));
        var all = new SubmissionFilter { FormId = form.Id };
        Assert.Equal(0, (await practice.FormPages.SubmissionsAsync(foreign, all, 0, 10, default)).Total);
        Assert.IsType<FormOutcome.Unknown>(await practice.FormStore.RemoveAsync(foreign, form.Id, true, default));
        Assert.IsType<FormOutcome.Unknown>(await practice.FormStore.ChangeAsync(foreign, form.Id, null, c => c, default));
        var sandbox = practice.Tenant with { Environment = StudioEnvironment.Test };
        Assert.Null(await practice.FormPages.FindAsync(sandbox, form.Id, default));
    }

    [Fact]
    public async Task Lists_AreNarrowedSearchedAndCounted()
    {
        var open = await practice.OpenFormAsync("Contact us");
        await practice.OpenFormAsync("Survey 100%", FormsOfPractice.All with { Status = FormStatus.Closed });
        await practice.SendAsync(open, "a");
        practice.Clock.Advance(TimeSpan.FromMinutes(5));
        var last = await practice.SendAsync(open, "b");
        var at = practice.Clock.GetUtcNow();
        Assert.Equal(["Survey 100%"], await NamesAsync(new FormFilter(IsOpen: false)));
        Assert.Equal(["Contact us"], await NamesAsync(new FormFilter(IsOpen: true)));
        Assert.Equal(["Survey 100%"], await NamesAsync(new FormFilter("0%")));
        Assert.Empty(await NamesAsync(new FormFilter("_")));
        var found = (await practice.FormPages.FindAsync(practice.Tenant, open.Id, default))!;
        Assert.Equal((2, at), (found.Submissions, found.LastAt));
        var (items, total) = await practice.FormPages.SubmissionsAsync(
            practice.Tenant, new SubmissionFilter { FormId = open.Id, From = at }, 0, 10, default);
        Assert.Equal((last, 1), (items.Single().Id, total));
        Assert.Equal(0, (await practice.FormPages.SubmissionsAsync(
            practice.Tenant, new SubmissionFilter { FormId = NewIds.Next() }, 0, 10, default)).Total);
    }

    [Fact]
    public async Task File_HasAColumnForEachField_AndNoFormula()
    {
        var form = await practice.OpenFormAsync();
        await practice.SendAsync(form, "a", ("message", "=1+1"), ("age", "-3"), ("mobile", "+17135550142"));
        await practice.FormStore.ChangeAsync(practice.Tenant, form.Id, null,
            c => c with { Fields = [.. c.Fields.Where(f => f.Key is not "age")] }, default);
        var present = (await practice.FormPages.FindAsync(practice.Tenant, form.Id, default))!.Form;
        using var to = new StringWriter();
        var all = practice.FormPages.AllSubmissionsAsync(practice.Tenant, new SubmissionFilter { FormId = form.Id }, default);
        await SubmissionFile.WriteAsync(present, all, to, default);
        var lines = to.ToString().Split("\r\n");
        Assert.Equal("submission_id,submitted_at,first_name,email,mobile,message,day,plan,consent,contact_id,values", lines[0]);
        Assert.Contains(",2026-11-24T16:14:02Z,Maria,,'+17135550142,'=1+1,,,false,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",\"{\"\"age\"\":-3}\"", lines[1], StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> NamesAsync(FormFilter filter) =>
        (await practice.FormPages.PageAsync(practice.Tenant, filter, 0, 10, default)).Items.Select(i => i.Form.Content.Name);

    private Task<FormReception> TakeAsync(OpenForm form) => practice.Inbox.TakeAsync(
        form, NewIds.Next().ToString("N"), new Dictionary<string, string> { ["first_name"] = "Maria" }, default);

    private static JsonElement Payload(Engine.Runtime.Journal.RunStart start) =>
        Assert.IsType<Engine.Runtime.State.RunEvent.RunStarted>(start.First.Event).Payload;

    private Guid Listen(string name)
    {
        using var db = practice.CreateDbContext();
        var workflow = new WorkflowRow
        {
            Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment, Name = name,
            Slug = name, Origin = "studio", TriggerType = "event", Status = WorkflowStatus.Active,
        };
        var version = new WorkflowVersionRow
        {
            WorkflowId = workflow.Id, Number = 1, EditorState = "{}",
            Definition = StoredDefinitions.Text(
                WorkflowDefinition.Empty with { Trigger = new WorkflowTrigger { Type = "event", Event = name } }),
        };
        db.AddRange(workflow, version);
        db.SaveChanges();
        workflow.ActiveSerial = version.Serial;
        db.SaveChanges();
        return workflow.Id;
    }
}
