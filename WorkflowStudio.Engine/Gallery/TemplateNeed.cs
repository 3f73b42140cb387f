namespace WorkflowStudio.Engine.Gallery;

/// <summary>What a workflow needs to go live that a practice may not have yet. In the sandbox it runs without.</summary>
/// <param name="Word">The word in the files of templates.</param>
/// <param name="Title">What people read behind “Needs”.</param>
/// <param name="Why">What it is for, in one sentence.</param>
public sealed record TemplateNeed(string Word, string Title, string Why)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TemplateNeed> All { get; } =
    [
        new("sms", "SMS gateway", "Until one is connected, messages stay in the outbox."),
        new("mail", "mail server", "Until one is connected, e-mails stay in the outbox."),
        new("model", "language model", "Until one is connected, conversations are handed over to a person at once."),
        new("google", "Google place", "Put the place id of your practice into the step that asks for a review."),
        new("website", "website form", "Let the form of your website post to the address of the workflow."),
        new("system", "another system", "Another system sends the event that starts it, or takes what it posts."),
        new("properties", "properties", "It looks through the properties of your practice."),
    ];
}
