using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Practice.Forms;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Practice;

/// <summary>A form while somebody works on it.</summary>
public sealed class FormDraftTests
{
    private static readonly StudioFormat Format = new("America/Chicago", new FakeTimeProvider());

    [Fact]
    public void Draft_OfAForm_IsTheForm()
    {
        var form = FormsOfPractice.All with { ClosesAt = new DateTimeOffset(2030, 1, 31, 18, 0, 7, TimeSpan.Zero) };
        var draft = Draft(form);
        Assert.False(draft.IsDirty);
        Assert.Equal("2030-01-31T12:00", draft.ClosesAt);
        Assert.Equal(form, draft.Read(FormStatus.Open));
    }

    [Fact]
    public void Field_IsAddedNamedMovedAndRemoved()
    {
        var draft = Draft(FormsOfPractice.All);
        var field = draft.Add(FormFieldType.Email)!;
        Assert.Equal(("E-mail", "e_mail"), (field.Label, field.Key));
        draft.Rename(field, "First name");
        Assert.Equal("first_name_2", field.Key);
        (field.Key, field.KeyFollows) = ("own", false);
        draft.Rename(field, "Other");
        Assert.Equal("own", field.Key);
        // the key of a field that is saved stays: values came by it
        draft.Rename(draft.Fields[0], "Given name");
        Assert.Equal("first_name", draft.Fields[0].Key);
        draft.Move(field, 1);
        draft.Move(field, -1);
        Assert.Same(field, draft.Fields[^2]);
        draft.Move(draft.Fields[0], -1);
        Assert.Equal("first_name", draft.Fields[0].Key);
        draft.Fields.Remove(field);
        draft.Rename(draft.Fields[0], "First name");
        Assert.False(draft.IsDirty);
    }

    [Fact]
    public void Fields_AreAtMostForty()
    {
        var draft = Draft(FormsOfPractice.All);
        while (draft.Add(FormFieldType.Text) is not null) { }
        Assert.Equal(40, draft.Fields.Count);
        Assert.NotNull(draft.Read(FormStatus.Open));
    }

    [Fact]
    public void WrongTexts_StayAndAreSaidAtTheirPlaces()
    {
        var draft = Draft(FormsOfPractice.All);
        (draft.Name, draft.ClosesAt) = ("", "whenever");
        (draft.Fields[0].Longest, draft.Fields[1].Key) = ("many", "A key");
        Assert.True(draft.IsDirty);
        Assert.Null(draft.Read(FormStatus.Open));
        Assert.Equal(["closesAt", "fields[0].longest", "fields[1].key", "name"], draft.Problems.Keys.Order(StringComparer.Ordinal));
        Assert.True(draft.IsWrong(draft.Fields[0]));
        Assert.False(draft.IsWrong(draft.Fields[2]));
        Assert.Equal(("", "whenever", "many"), (draft.Name, draft.ClosesAt, draft.Fields[0].Longest));
        // the first of ten is not told what is wrong with the eleventh
        while (draft.Fields.Count < 12) draft.Add(FormFieldType.Text);
        draft.Fields[11].Label = "";
        draft.Read(FormStatus.Open);
        Assert.True(draft.IsWrong(draft.Fields[11]));
        Assert.Null(draft.Problem(draft.Fields[1], "label"));
    }

    [Fact]
    public void Draft_OfWhatSomebodyElseHasChanged_KeepsWhatStandsThere()
    {
        var draft = Draft(FormsOfPractice.All);
        draft.Title = "Mine";
        draft.Follow(Form(FormsOfPractice.All with { Title = "Theirs" }) with { Revision = 9 });
        Assert.Equal(("Mine", 9, true), (draft.Title, draft.Revision, draft.IsDirty));
        draft.Take(Form(FormsOfPractice.All with { Title = "Theirs" }));
        Assert.Equal(("Theirs", false), (draft.Title, draft.IsDirty));
    }

    [Fact]
    public void Draft_ThatWasSaved_KeepsWhatWasTypedMeanwhile_AndKeysByWhichValuesCome()
    {
        var draft = Draft(FormsOfPractice.All);
        var added = draft.Add(FormFieldType.Text)!;
        var sent = draft.Content;
        (draft.Title, draft.ClosesAt) = ("Second", "whenever");
        draft.Take(Form(draft.Content with { Title = "" }) with { Revision = 2 }, sent);
        Assert.Equal(("Second", "whenever", 2, true), (draft.Title, draft.ClosesAt, draft.Revision, draft.IsDirty));
        draft.Rename(added, "Street");
        Assert.Equal("text", added.Key);
        (draft.ClosesAt, sent) = ("", draft.Content);
        draft.Take(Form(sent) with { Revision = 3 }, sent);
        Assert.Equal((3, false, false), (draft.Revision, draft.IsDirty, draft.Fields.Any(f => f.KeyFollows)));
    }

    private static FormDraft Draft(FormContent content) => FormDraft.Of(Form(content), Format);

    private static Form Form(FormContent content) =>
        new(NewIds.Next(), content, "http://localhost/forms/x", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
