using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Ai;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes.Practice;

/// <summary>The five types and the settings of the reference text's example.</summary>
public sealed class ReferencePipelineTests : IDisposable
{
    private const string Email = "Dear {{ $initialPayload.first_name }}, this is a friendly pending balance reminder. Check to settle: {{ "
        + "$node.node_stripe_payment_connect_3.invoice_url }}";
    private readonly PracticeFixture practice = new();

    public static TheoryData<string, string> Reference => new()
    {
        { "ai_agent_intake", """{"agent_name":"Sterling AI","system_instruction":"You are Sterling.","model":"tws-clinical-llama-3","temperature":0.2,"input_mappings":{"raw_body":"{{ $initialPayload.form_message }}"}}""" },
        { "appointment_booking", """{"calendar_connector":"acuity","calendar_id":"cal_91823abce","appointment_type_id":"type_8321a","allow_partial_deposit":true,"auto_booking_suggestion_limit":3}""" },
        { "stripe_invoice_generation", """{"stripe_account_destination":"acct_1Hu483JHG8","currency":"usd","payment_method_types":["card","usdc"],"charge_on_creation":false,"due_date_offset_days":3}""" },
        { "google_reviews_sms", """{"delay_after_appointment_hours":2,"google_place_id":"ch_Ij_houston_dermatology_maps_id_9341","sms_sender_id":"TXWEBSERV","message_template":"Hey {{ $initialPayload.first_name }}! {{ $google_review_url }} ?"}""" },
        { "invoice_reminder_loop", $$$"""{"chase_intervals_days":[3,7,10],"channel_priority":["sms","email"],"message_templates":{"sms":"Hi","email":{{{JsonSerializer.Serialize(Email)}}}}}""" },
    };

    public void Dispose() => practice.Dispose();

    [Theory]
    [MemberData(nameof(Reference))]
    public void Catalog_ReferenceSettings_AreAcceptedWhole(string type, string settings)
    {
        var catalog = Catalog();
        var node = new WorkflowNode { Id = "n", Type = type, Config = JsonElement.Parse(settings) };

        Assert.Empty(catalog.CheckSettings(node));
        var sight = StepSight.Of(WorkflowDefinition.Empty with { Nodes = [node] }, catalog, "n")!;
        // the steps that it names stand elsewhere
        Assert.DoesNotContain(catalog.CheckExpressions(node, sight), p => p.Code != WorkflowProblemCodes.UnknownReference);
        Assert.All(node.Config.EnumerateObject(), p => Assert.NotNull(catalog.Type(type)!.Settings.Field(p.Name)));
    }

    [Fact]
    public void Catalog_EveryType_IsDescribedAndItsExampleFits()
    {
        var catalog = Catalog();
        foreach (var type in catalog.Types)
        {
            Assert.True(type.Title.Length is > 0 and <= 20);
            Assert.EndsWith(".", type.Description, StringComparison.Ordinal);
            Assert.True(type.HasOutsideEffect);
            Assert.Empty(catalog.CheckSettings(new WorkflowNode { Id = "n", Type = type.Type, Config = JsonElement.Parse(type.Example) }));
            Assert.All(type.Settings.Fields, f => Assert.NotEqual("", f.Description));
            Assert.NotEmpty(type.Output.Fields);
            Assert.True(type.Summary(JsonElement.Parse(type.Example)) is { Length: > 0 and <= 40 });
            Assert.Null(type.Summary(JsonElement.Parse("[]")));
        }

        Assert.Equal(
            "AI intake smart_toy, Booking event_available, Review SMS reviews, Reminders notifications_active, Invoice credit_card",
            string.Join(", ", catalog.Types.Select(t => $"{t.Title} {t.Icon}")));
        Assert.Equal(["google_reviews_sms", "invoice_reminder_loop"], catalog.Types.Where(t => t.Waits).Select(t => t.Type));
    }

    private NodeCatalog Catalog() => new(
    [
        new AiIntakeNode(new FakeModel(), practice.Contacts),
        new BookingNode(practice.Calendar, practice.Contacts, new CalendarRules()),
        new InvoiceNode(practice.Invoices, practice.Contacts, practice.Calendar),
        new ReviewSmsNode(practice.Messenger, practice.Contacts, practice.Calendar),
        new RemindersNode(practice.Invoices, practice.Messenger, practice.Contacts, practice.Reminders),
    ]);
}
