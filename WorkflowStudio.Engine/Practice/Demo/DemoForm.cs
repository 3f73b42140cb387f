using WorkflowStudio.Engine.Practice.Forms;

namespace WorkflowStudio.Engine.Practice.Demo;

/// <summary>The form of the demo's practice.</summary>
internal static class DemoForm
{
    /// <summary>What new patients fill in before their first visit.</summary>
    public static FormContent Intake(DemoPlan plan) => new()
    {
        Name = "New patients",
        Title = "Become a patient",
        Intro = "Tell us who you are and what brings you here. We come back to you within a day.",
        Thanks = $"Thank you. We come back to you within a day. If it is urgent, call {plan.Phone}.",
        Status = FormStatus.Open,
        Fields =
        [
            new() { Key = "first_name", Label = "First name", Required = true },
            new() { Key = "last_name", Label = "Last name", Required = true },
            new() { Key = "email", Label = "E-mail", Type = FormFieldType.Email, Required = true },
            new() { Key = "phone", Label = "Phone", Type = FormFieldType.Phone, Hint = "If you would rather be called." },
            new() { Key = "visit", Label = "What for?", Type = FormFieldType.Choice, Choices = [.. plan.Types.Select(t => t.Name)] },
            new() { Key = "message", Label = "What should we know?", Type = FormFieldType.LongText },
            new()
            {
                Key = "consent", Label = "You may keep what I have written here", Type = FormFieldType.Checkbox, Required = true,
            },
        ],
    };
}
