using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor.Inspector;

/// <summary>Every kind of field: what it shows, and what it writes.</summary>
public sealed class SettingsFieldsTests : BunitContext
{
    private JsonElement value = JsonElement.Parse("""{"foreign":{"kept":true},"sender":"DESK"}""");
    private readonly List<UnreadText> unread = [];
    private SettingContext context = new()
    { StepId = "r", Values = [new KnownValue("$initialPayload.first_name", "The first name", "text", "bolt", default)] };

    public SettingsFieldsTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UnixEpoch));

    [Fact]
    public void Text_Changed_IsWrittenAndTheRestKept()
    {
        var form = Form();
        Assert.Equal("DESK", form.Find("[data-setting=sender] textarea").GetAttribute("value"));

        form.Find("[data-setting=sender] textarea").Change("FRONT");

        Assert.Equal("""{"foreign":{"kept":true},"sender":"FRONT"}""", value.GetRawText());
    }

    [Theory]
    [InlineData("{}", false, false)]
    [InlineData("""{"scheme":null}""", false, false)]
    [InlineData("""{"scheme":"header"}""", true, false)]
    [InlineData("""{"scheme":"stripe"}""", false, true)]
    public void Field_ThatDependsOnAChoice_IsAskedForOnceItApplies(string signature, bool header, bool age)
    {
        var schema = WorkflowStudio.Engine.Nodes.Triggers.WebhookSettings.Schema.Field("signature")!.Fields!;
        var form = Render<SettingsFields>(p => p.Add(f => f.Schema, schema).Add(f => f.Value, JsonElement.Parse(signature))
            .AddCascadingValue(context));
        Assert.Equal((header, age),
            (form.FindAll("[data-setting=header]").Count > 0, form.FindAll("[data-setting=tolerance_seconds]").Count > 0));
    }

    /// <summary>A condition looks at the group that it stands in, not at the settings around it nor at the entry before.</summary>
    [Fact]
    public void Field_OfAGroup_DependsOnTheChoiceOfItsGroup()
    {
        var form = Render<SettingsFields>(p => p.Add(f => f.Schema, SchemaBuilder.Of<Gate>())
            .Add(f => f.Value, JsonElement.Parse(
                """{"scheme":"header","signature":{"scheme":"github"},"doors":[{"scheme":"header"},{"scheme":"stripe"},{}]}"""))
            .AddCascadingValue(context));

        Assert.Equal(["doors[0].header", "doors[1].tolerance_seconds"], form.FindAll("[data-setting]")
            .Select(f => f.GetAttribute("data-setting")!)
            .Where(p => p.EndsWith("header", StringComparison.Ordinal) || p.EndsWith("seconds", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_Emptied_TakesTheSettingOut()
    {
        Form().Find("[data-setting=sender] textarea").Change("");

        Assert.Equal("""{"foreign":{"kept":true}}""", value.GetRawText());
    }

    [Fact]
    public void Text_AnExpressionBegun_ProposesValuesAndInsertsOne()
    {
        var form = Form();
        form.Find("[data-setting=sender] textarea").Input("Hi {{ fir");
        Assert.Equal("$initialPayload.first_name", form.Find("[data-setting=sender] [role=option] code").TextContent);

        form.Find("[data-setting=sender] .expr").KeyDown("Enter");

        Assert.Equal("Hi {{ $initialPayload.first_name }}", value.GetProperty("sender").GetString());
        Assert.Empty(form.FindAll("[data-setting=sender] [role=option]"));
    }

    [Fact]
    public void Text_TheOldValueIsHandedDownAgain_KeepsWhatIsTyped()
    {
        var form = Form();
        form.Find("[data-setting=sender] textarea").Input("Hi {{ fir");

        form.Render(again => again.Add(f => f.Value, JsonElement.Parse("""{"sender":"DESK"}""")));

        Assert.Equal("Hi {{ fir", form.Find("[data-setting=sender] textarea").GetAttribute("value"));
        Assert.Single(form.FindAll("[data-setting=sender] [role=option]"));
    }

    [Fact]
    public void Text_AnotherValueIsHandedDown_IsShown()
    {
        var form = Form();
        form.Find("[data-setting=sender] textarea").Change("FRONT");

        form.Render(again => again.Add(f => f.Value, JsonElement.Parse("""{"sender":"UNDONE"}""")));

        Assert.Equal("UNDONE", form.Find("[data-setting=sender] textarea").GetAttribute("value"));
    }

    [Fact]
    public void Text_AnEqualsSign_BeginsAnExpression()
    {
        var form = Form();

        form.Find("[data-setting=sender] textarea").Input("=");

        Assert.Single(form.FindAll("[data-setting=sender] [role=option]"));
    }

    [Fact]
    public void Integer_ShowsItsUnitAndItsDefault()
    {
        var field = Form().Find("[data-setting=delay_hours]");
        var input = field.QuerySelector("input")!;

        Assert.Equal(("text", "numeric", "2", "hours"), (input.GetAttribute("type"), input.GetAttribute("inputmode"),
            input.GetAttribute("placeholder"), field.QuerySelector(".set-unit")!.TextContent));
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("2.50", "2.50")]
    public void Number_Changed_IsWrittenAsANumber(string typed, string expected)
    {
        Form().Find("[data-setting=deposit] input").Change(typed);

        Assert.Equal((JsonValueKind.Number, expected), (value.GetProperty("deposit").ValueKind, value.GetProperty("deposit").GetRawText()));
    }

    [Fact]
    public void Number_ThatIsNone_TakesTheSettingOut()
    {
        value = JsonElement.Parse("""{"deposit":7}""");

        Form().Find("[data-setting=deposit] input").Change("");

        Assert.Equal("{}", value.GetRawText());
    }

    [Fact]
    public void Number_AsAnExpression_HasATextAndABackButton()
    {
        value = JsonElement.Parse("""{"delay_hours":"{{ $initialPayload.hours }}"}""");
        var form = Form();
        Assert.Equal("{{ $initialPayload.hours }}", form.Find("[data-setting=delay_hours] textarea").GetAttribute("value"));

        form.Find("[data-setting=delay_hours] .set-braces").Click();

        Assert.Equal("{}", value.GetRawText());
    }

    [Fact]
    public void Boolean_Switched_IsWritten()
    {
        Form().Find("[data-setting=charge_at_once] input[role=switch]").Change(true);

        Assert.Equal(JsonValueKind.True, value.GetProperty("charge_at_once").ValueKind);
    }

    [Fact]
    public void Advanced_Fields_AreUnderMore() => Assert.NotNull(Form().Find("details.set-more [data-setting=charge_at_once]"));

    [Fact]
    public void Choices_Chosen_AreWritten()
    {
        var form = Form();
        Assert.Equal("usd", form.Find("[data-setting=currency] select").GetAttribute("value"));

        form.Find("[data-setting=currency] select").Change("eur");

        Assert.Equal("eur", value.GetProperty("currency").GetString());
    }

    [Fact]
    public void List_OfNumbers_GrowsFromItsDefaultAndShrinks()
    {
        Form().Find("[data-setting=days] .set-add").Click();
        Assert.Equal("[3,7,\"\"]", value.GetProperty("days").GetRawText()); // empty until somebody fills it
        Form().Find("[data-setting='days[2]'] input").Change("8");
        Assert.Equal("[3,7,8]", value.GetProperty("days").GetRawText());

        Form().Find("[aria-label='Remove Days, 2']").Click();
        Assert.Equal("[3,8]", value.GetProperty("days").GetRawText());

        Form().Find("[aria-label='Move Days, 2 up']").Click();
        Assert.Equal("[8,3]", value.GetProperty("days").GetRawText());

        Form().Find("[data-setting='days[1]'] input").Change("4");
        Assert.Equal("[8,4]", value.GetProperty("days").GetRawText());
    }

    [Fact]
    public void Object_NestedField_IsWrittenInItsPlace()
    {
        Form().Find("[data-setting='messages.e_mail'] textarea").Change("Dear {{ name }}");

        Assert.Equal("""{"e_mail":"Dear {{ name }}"}""", value.GetProperty("messages").GetRawText());
    }

    [Fact]
    public void ListOfObjects_AnEntry_IsWrittenInItsPlace()
    {
        Form().Find("[data-setting=other_messages] > .set-list > .set-add").Click();

        Form().Find("[data-setting='other_messages[0].sms'] textarea").Change("Hi");

        Assert.Equal("""[{"sms":"Hi"}]""", value.GetProperty("other_messages").GetRawText());
    }

    [Fact]
    public void Map_EntriesAddedRenamedAndChanged_AreWritten()
    {
        Form().Find("[data-setting=mappings] .set-add").Click();
        Form().Find("[data-setting=mappings] .set-name").Change("raw_body");
        Form().Find("[data-setting='mappings.raw_body'] textarea").Change("Hello");

        Assert.Equal("""{"raw_body":"Hello"}""", value.GetProperty("mappings").GetRawText());
    }

    [Fact]
    public void Map_ANameThatIsTaken_StaysAsItIsTypedAndIsTold()
    {
        KeepsUnread();
        value = JsonElement.Parse("""{"mappings":{"a":"1","b":"2"}}""");

        Form().FindAll("[data-setting=mappings] .set-name")[1].Change("a");

        Assert.Equal(
            "There is a value named a already. Choose another name.", Form().Find("[role=alert]").TextContent.Replace("error", "").Trim());
        Assert.Equal("a", Form().FindAll("[data-setting=mappings] .set-name")[1].GetAttribute("value"));
        Assert.Equal("""{"a":"1","b":"2"}""", value.GetProperty("mappings").GetRawText());
    }

    [Fact]
    public void Any_Json_IsWritten()
    {
        Form().Find("[data-setting=extra] textarea").Change("""{ "a": [1, 2] }""");

        Assert.Equal("[1,2]", value.GetProperty("extra").GetProperty("a").GetRawText().Replace(" ", ""));
    }

    [Fact]
    public void Any_TextThatIsNoJson_NamesTheLineAndStaysAsItIsTyped()
    {
        KeepsUnread();

        Form().Find("[data-setting=extra] textarea").Change("{\n  \"a\": 1\n  \"b\": 2\n}");

        Assert.Equal(("extra", "Extra: Line 3 cannot be read as JSON: look for a missing quote, comma or bracket at character 3."),
            (unread.Single().Setting, unread.Single().Why));
        Assert.False(value.TryGetProperty("extra", out _));
        Assert.Equal("{\n  \"a\": 1\n  \"b\": 2\n}", Form().Find("[data-setting=extra] textarea").GetAttribute("value"));

        Form().Find("[data-setting=extra] textarea").Change("""{"a": {{ $item }}}""");
        Assert.Empty(unread);
        Assert.Equal("{{ $item }}", value.GetProperty("extra").GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("many")]
    [InlineData("12,5")]
    public void Number_ThatCannotBeRead_StaysAsItIsTyped(string typed)
    {
        Form().Find("[data-setting=deposit] input").Change(typed);

        Assert.Equal(typed, value.GetProperty("deposit").GetString()); // and is an error of the check: must be a number
        Assert.Equal(typed, Form().Find("[data-setting=deposit] input").GetAttribute("value"));
    }

    [Fact]
    public void ListOfObjects_AnEntryWithATextThatCannotBeRead_TakesItAlong()
    {
        KeepsUnread();
        value = JsonElement.Parse("""{"other_messages":[{"sms":"a"},{"sms":"b"}]}""");
        unread.Add(new UnreadText("r", "other_messages[1].sms", "{", "why"));
        context = context with { Unread = [.. unread] };

        Form().Find("[aria-label='Remove Other messages, 1']").Click();

        Assert.Equal("other_messages[0].sms", unread.Single().Setting);
    }

    [Fact]
    public void DateTime_Changed_IsWrittenAsText()
    {
        Form().Find("[data-setting=not_before] textarea").Change("2026-06-10T15:24:00Z");

        Assert.Equal("2026-06-10T15:24:00Z", value.GetProperty("not_before").GetString());
    }

    [Fact]
    public void Problem_OfASetting_StandsUnderItWithItsFix()
    {
        StepProblem? corrected = null;
        var problem = new StepProblem(
            WorkflowProblem.Error("unknown_value", "nodes[0].config.sender", "r", "Nothing provides $nw here."), "r", "Reminder", "sender");
        context = context with
        {
            Problems = [problem],
            FixOf = _ => "Change to $now",
            OnFix = EventCallback.Factory.Create<StepProblem>(this, p => corrected = p),
        };
        var form = Form();

        Assert.Contains("Nothing provides $nw here.", form.Find("[data-setting=sender] .set-problem").TextContent);
        form.Find("[data-setting=sender] .set-fix").Click();
        Assert.Same(problem, corrected);
    }

    [Fact]
    public void Connection_OfAKindThatThereIs_IsChosenByItsName()
    {
        context = context with
        {
            Outside = new OutsideChoices(
                new WorkflowSurroundings([], new Dictionary<string, IReadOnlyList<string>> { ["http"] = ["crm", "erp"] }), null),
        };
        var form = Form(new SchemaField { Name = "sender", Title = "Connection", Kind = FieldKind.Text, Names = "http" });
        Assert.Equal(["DESK", "None", "crm", "erp"], form.FindAll("[data-setting=sender] option").Select(o => o.TextContent));

        form.Find("[data-setting=sender] select").Change("erp");

        Assert.Equal("erp", value.GetProperty("sender").GetString());
    }

    [Fact]
    public void Workflow_ThatIsStarted_IsChosenByItsNameAndNeverIsTheOneThatIsEdited()
    {
        var self = new WorkflowSelf(Guid.Parse("0190aaaa-0000-7000-8000-000000000001"), "intake");
        var recall = Guid.Parse("0190aaaa-0000-7000-8000-000000000002");
        WorkflowName[] there = [new(self.Id, self.Slug, "Intake", WorkflowStatus.Active),
            new(recall, "recall", "Recall", WorkflowStatus.Active), new(Guid.Empty, "survey", "Survey", WorkflowStatus.Draft)];
        context = context with
        { Outside = new OutsideChoices(new WorkflowSurroundings(there, new Dictionary<string, IReadOnlyList<string>>()), self) };
        value = JsonElement.Parse($$"""{"workflow":"{{ShownId.Workflow(recall)}}"}""");
        var form = Form(new SubWorkflowNode().Settings.Field("workflow")!);
        Assert.Equal(["Recall", "Survey (not active)"], form.FindAll("[data-setting=workflow] option").Select(o => o.TextContent));
        Assert.Equal("recall", form.Find("[data-setting=workflow] select").GetAttribute("value"));

        form.Find("[data-setting=workflow] select").Change("survey");

        Assert.Equal("survey", value.GetProperty("workflow").GetString());
    }

    /// <summary>Groups whose settings have the names of settings around them.</summary>
    internal sealed record Gate
    {
        public string? Scheme { get; init; }

        public WorkflowStudio.Engine.Nodes.Triggers.SignatureSettings? Signature { get; init; }

        public IReadOnlyList<WorkflowStudio.Engine.Nodes.Triggers.SignatureSettings> Doors { get; init; } = [];
    }

    // as the document does
    private void KeepsUnread() => context = context with
    {
        TakeUnread = place =>
        {
            unread.RemoveAll(u => u.Setting == place);
            context = context with { Unread = [.. unread] };
        },
        KeepUnread = (place, text, why) =>
        {
            unread.RemoveAll(u => u.Setting == place);
            if (text is not null) unread.Add(new UnreadText("r", place, text, why));
            context = context with { Unread = [.. unread] };
            return Task.CompletedTask;
        },
    };

    private IRenderedComponent<SettingsFields> Form(SchemaField field) => Render<SettingsFields>(form => form
        .AddCascadingValue(context)
        .Add(f => f.Schema, new NodeSchema([field]))
        .Add(f => f.Value, value)
        .Add(f => f.ValueChanged, changed => value = changed));

    private IRenderedComponent<SettingsFields> Form() => Render<SettingsFields>(form => form
        .AddCascadingValue(context)
        .Add(f => f.Schema, new ReminderNode().Settings)
        .Add(f => f.Value, value)
        .Add(f => f.ValueChanged, changed => value = changed));
}
