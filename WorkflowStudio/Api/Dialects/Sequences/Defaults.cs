using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// The templates of the house, which every account sees behind its own. They are no rows: nobody changes or starts them; whoever wants one
/// makes a workflow with its steps.
/// </summary>
internal static class SequencesDefaults
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<DefinedWorkflow> All { get; } =
    [
        Made(1, "prescreening", """
            {"name":"Pre-Screening","description":"Qualify prospects with key questions before scheduling a showing.","triggerType":"manual","isPublic":true,
            "steps":[{"type":"send_message","config":{"template":"intro"}},{"type":"wait_for_reply","config":{"timeoutHours":24}},{"type":"agent","config":{"mode":"interactive"}},{"type":"end"}],
            "exitConditions":{"maxMessages":20,"timeoutDays":7},"introMessage":"Hi {contact.name}! I'd like to ask a few quick questions."}
            """),
        Made(2, "lead-qualification", """
            {"name":"Lead Qualification","description":"Find out what a new lead looks for, and tell somebody when it fits.","triggerType":"automatic","triggerConfig":{"event":"contact-created"},
            "steps":[{"type":"send_message","config":{"text":"Hi {contact.name}, thanks for your interest. When would you like to move in?"}},{"type":"wait_for_reply","config":{"timeoutHours":48}},{"type":"agent","config":{"mode":"interactive"}},{"type":"property_match","config":{"limit":3}},{"type":"notify_agent","config":{"text":"{contact.name} is qualified."}},{"type":"end"}],
            "exitConditions":{"maxMessages":15,"timeoutDays":14},"completionConfig":{"showMatchedProperties":true,"maxResults":3}}
            """),
        Made(3, "property-blast", """
            {"name":"Property Blast","description":"Tell a contact of a property, and ask again after 24 and 48 hours.","triggerType":"manual",
            "steps":[{"type":"send_message","config":{"text":"Hi {contact.name}, a new home has come up that may suit you."}},{"type":"wait","config":{"duration":"24h"}},{"type":"send_message","config":{"text":"Have you had a look at it, {contact.name}?"}},{"type":"wait","config":{"duration":"48h"}},{"type":"send_message","config":{"text":"It is still free. Would you like to see it?"}},{"type":"end"}],
            "exitConditions":{"maxMessages":5,"timeoutDays":7}}
            """),
        Made(4, "showing-follow-up", """
            {"name":"Showing Follow-Up","description":"Ask how a showing went.","triggerType":"automatic","triggerConfig":{"event":"showing.completed"},
            "steps":[{"type":"wait","config":{"duration":"2h"}},{"type":"send_message","config":{"text":"Hi {contact.name}, how did you like the home?"}},{"type":"ask_choice","config":{"text":"Would you like to apply?","choices":["Yes","Not yet","No"]}},{"type":"notify_agent","config":{"text":"{contact.name} has answered after the showing."}},{"type":"end"}],
            "exitConditions":{"maxMessages":6,"timeoutDays":7}}
            """),
        Made(5, "application-nudge", """
            {"name":"Application Nudge","description":"Remind somebody of an application that was begun and not sent.","triggerType":"automatic","triggerConfig":{"event":"application.started"},
            "steps":[{"type":"wait","config":{"duration":"24h"}},{"type":"send_message","config":{"text":"Hi {contact.name}, your application is nearly done. Can I help?"}},{"type":"wait","config":{"duration":"72h"}},{"type":"send_message","config":{"text":"Your application is still open."}},{"type":"end"}],
            "exitConditions":{"maxMessages":4,"timeoutDays":10}}
            """),
        Made(6, "idle-re-engagement", """
            {"name":"Idle Re-Engagement","description":"Write to a contact who was silent for seven days or more.","triggerType":"automatic","triggerConfig":{"event":"contact.idle","days":7},
            "steps":[{"type":"send_message","config":{"text":"Hi {contact.name}, are you still looking for a home?"}},{"type":"wait_for_reply","config":{"timeoutHours":72}},{"type":"agent","config":{"mode":"interactive"}},{"type":"end"}],
            "exitConditions":{"maxMessages":5,"timeoutDays":30}}
            """),
        Made(7, "renewal-check-in", """
            {"name":"Renewal Check-In","description":"Ask 60 days before a lease ends whether it is to be renewed.","triggerType":"automatic","triggerConfig":{"event":"lease.ending","daysBefore":60},
            "steps":[{"type":"send_message","config":{"text":"Hi {contact.name}, your lease ends in 60 days. Would you like to stay?"}},{"type":"ask_choice","config":{"text":"Would you like to renew?","choices":["Yes","No","Let us talk"]}},{"type":"notify_agent","config":{"text":"{contact.name} has answered about the renewal."}},{"type":"end"}],
            "exitConditions":{"maxMessages":5,"timeoutDays":60}}
            """),
        Made(8, "document-collection", """
            {"name":"Document Collection","description":"Ask for the documents that an application lacks.","triggerType":"manual",
            "steps":[{"type":"send_message","config":{"text":"Hi {contact.name}, please send the documents that are still missing."}},{"type":"wait_for_reply","config":{"timeoutHours":72}},{"type":"update_contact","config":{"fields":{"documents":"received"}}},{"type":"notify_agent","config":{"text":"{contact.name} has sent documents."}},{"type":"end"}],
            "exitConditions":{"maxMessages":8,"timeoutDays":14}}
            """),
    ];

    /// <summary>The one with this id, or null.</summary>
    public static DefinedWorkflow? Find(Guid id) => All.FirstOrDefault(t => t.Workflow.Id == id);

    /// <summary>Those that a list narrowed like this shows.</summary>
    public static IReadOnlyList<DefinedWorkflow> Fitting(WorkflowFilter filter) =>
    [
        .. All.Where(t => filter.IsActive is not true && filter.Status is null or WorkflowStatus.Paused
            && (filter.TriggerType is not { } type || t.Workflow.TriggerType == type)
            && (filter.Search is not { } text || Holds(t.Workflow.Name, text) || Holds(t.Workflow.Description, text))),
    ];

    private static bool Holds(string text, string part) => text.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase);

    private static DefinedWorkflow Made(int number, string slug, string json)
    {
        var body = new TemplateBody(JsonElement.Parse(json), isWhole: true);
        var workflow = SequencesTranslator.New(body, out _);
        return new DefinedWorkflow(
            new WorkflowFacts
            {
                Id = new Guid(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{number:D12}")),
                Name = workflow.Name,
                Slug = slug,
                Description = workflow.Description,
                Status = WorkflowStatus.Paused,
                TriggerType = workflow.Definition.Trigger.Type,
                Origin = workflow.Origin,
                Version = 1,
                NewestVersion = 1,
                Snapshot = 1,
                Revision = 1,
                Fields = workflow.Fields,
                HasDraft = false,
                CreatedAt = Since,
                UpdatedAt = Since,
            },
            workflow.Definition);
    }
}
